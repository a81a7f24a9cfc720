"""The exceptions that decoding JSON may raise."""

from __future__ import annotations

import msgspec

NOT_JSON = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""Raised for text that is not JSON, has another structure than expected, is not in UTF-8, or is nested too deeply."""
