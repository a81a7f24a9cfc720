"""Named actions: their list, their shortcuts, and the search over all of them."""
