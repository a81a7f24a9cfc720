"""The main window: its frame here, its parts in folders by subject."""
