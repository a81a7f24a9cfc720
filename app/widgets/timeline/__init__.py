"""The parts of a timeline that are drawn and dragged; they know no session."""
