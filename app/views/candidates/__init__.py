"""The candidates view."""
