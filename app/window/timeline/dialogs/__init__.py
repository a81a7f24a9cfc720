"""The dialogs of the timeline."""
