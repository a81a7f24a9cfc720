"""The session of a window: kept on disk while it changes, offered after a crash, named in the title, saved at the end."""
