"""The parts of the renderer: its queue, requests, thumbnails and frames drawn ahead."""
