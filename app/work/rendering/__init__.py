"""The renderer and its parts: its queue, requests, thumbnails and frames drawn ahead."""
