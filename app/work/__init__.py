"""What runs in the background of the window: the renderer, jobs, training runs, exports."""
