"""Sound files: reading, measuring and keeping their samples."""
