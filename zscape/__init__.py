"""Zscape: explore the latent space of conditional image generators."""
