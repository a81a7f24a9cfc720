"""How a map looks: points and their colours, density lines, the legend, the frames of a film."""
