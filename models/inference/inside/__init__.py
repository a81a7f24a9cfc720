"""Looking inside a model: layers, unit edits and the discriminator's opinion."""
