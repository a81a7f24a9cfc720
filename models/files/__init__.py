"""Model files, their contents, and the folders they are kept in."""
