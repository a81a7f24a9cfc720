"""Films: formats, palettes, texts, and writing frames to files."""
