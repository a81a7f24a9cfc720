"""The timeline below the picture: its dock and its panel; its tracks and dialogs have folders of their own."""
