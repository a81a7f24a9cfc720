"""How good a model is: measures of what it draws and of what its encoder finds, each with its source and conditions."""
