"""The parts of a training step: batches, the optimiser, the recorded state, and replaying steps on a GPU."""
