"""Training: losses, averages, the loop, the encoder and the presets."""
