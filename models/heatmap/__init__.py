"""Heat maps: one number at every place of a pad."""
