"""Controls for choosing classes: chips, lists, menus, a pad that mixes them."""
