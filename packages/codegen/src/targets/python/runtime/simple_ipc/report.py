"""Messages for people, not for the other side."""

from __future__ import annotations

import sys
from contextlib import suppress


def report(text: str) -> None:
    """Writes a line to stderr, even if that is closed or has no reader."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
