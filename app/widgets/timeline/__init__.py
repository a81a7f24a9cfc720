"""The painted and draggable parts of a timeline; they do not know the session."""
