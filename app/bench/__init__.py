"""Measures speed, as ratios within one run. The parts that need the window run in separate processes."""
