"""Choosing classes: chips, lists, menus, a pad that mixes them."""
