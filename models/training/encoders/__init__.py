"""The networks and settings of encoder training."""
