"""How good a model is: measures of its images and of its encoder, each with its source and conditions."""
