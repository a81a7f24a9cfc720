"""What runs beside the window: the renderer, jobs, training runs, exports."""
