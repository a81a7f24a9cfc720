"""Training: losses, averages, the training loop, the encoder and the presets."""
