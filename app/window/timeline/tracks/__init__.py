"""The tracks of the timeline: their rows, their controls, and the menu of a key."""
