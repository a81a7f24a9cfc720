"""The directions panel: sliders, locks, a filmstrip, and directions of one's own."""
