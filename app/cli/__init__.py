"""Zscape without a window, for scripts: the verbs, in their own folder, and what they share.

Imports no Qt; `gui`, `screenshot` and `bench` start the window by name.
"""
