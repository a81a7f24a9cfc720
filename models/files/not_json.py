"""What decoding JSON raises."""

from __future__ import annotations

import msgspec

NOT_JSON = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""Of text that is no JSON, says something else than was asked for, is not in UTF-8, or is nested too deep."""
