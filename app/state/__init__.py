"""What is looked at: the session, the scene, their files."""
