"""What travels with the program: models, presets, icons and sample pictures."""

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where they lie."""
