"""Buttons, fields, menus, tabs and small pads."""
