"""The timeline below the picture: its dock, what stands in it, and the dialogs that it opens."""
