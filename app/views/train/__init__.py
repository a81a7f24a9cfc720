"""The train view."""
