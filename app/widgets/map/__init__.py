"""The map: points, thumbnails, lasso."""
