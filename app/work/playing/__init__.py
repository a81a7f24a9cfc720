"""Playing a timeline: the player, its sound, recording and drift."""
