"""The status bar and the jobs in it."""
