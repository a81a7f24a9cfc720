"""What a person can do by name: the list of actions, their shortcuts, the search over all of it."""
