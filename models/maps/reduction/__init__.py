"""From many numbers for each picture to two: principal components, t-SNE, nearest neighbours."""
