"""The help: words, views and keys; the tour; what Zscape is."""
