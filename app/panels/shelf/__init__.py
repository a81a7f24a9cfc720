"""The shelf panel."""
