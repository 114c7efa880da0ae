"""What is said to people, not to the other side."""

from __future__ import annotations

import sys


def report(text: str) -> None:
    """Writes a line to stderr."""
    print(text, file=sys.stderr, flush=True)
