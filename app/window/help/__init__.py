"""Help: glossary, views and shortcuts; the tour; the About dialog."""
