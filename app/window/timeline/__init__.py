"""The timeline below the picture: its dock, its panel, and its dialogs."""
