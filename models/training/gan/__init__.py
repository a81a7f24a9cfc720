"""Training a generator against a discriminator: networks, losses, averaging and regularisation."""
