"""What the program does before and while the window is built."""
