"""Zscape without a window: the same verbs for scripts. Imports no Qt; `gui`, `screenshot` and `bench` start it by name."""
