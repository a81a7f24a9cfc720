"""Layouts, and areas that scroll or shorten what does not fit."""
