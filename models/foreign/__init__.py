"""Networks that are not ours: the same contract as a family's, and no special case behind it."""
