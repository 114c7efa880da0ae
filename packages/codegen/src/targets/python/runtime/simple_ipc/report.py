"""What is said to people, not to the other side."""

from __future__ import annotations

import sys
from contextlib import suppress


def report(text: str) -> None:
    """Writes a line to stderr. That there is none, or that nobody reads it, is no
    matter.
    """
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
