"""The pad: a plane on which a point is dragged."""
