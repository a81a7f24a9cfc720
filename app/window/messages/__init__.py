"""Messages of the session, and errors that nothing else has caught."""
