"""Numbers that are typed, dragged and moved by a slider."""
