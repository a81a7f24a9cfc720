"""The style sweep view."""
