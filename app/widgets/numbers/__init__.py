"""Controls for numbers that are typed, dragged or moved by a slider."""
