"""Letters as type: outlines traced from pictures, fonts, and lines of text."""
