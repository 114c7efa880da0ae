"""What went wrong where nobody waits for it."""

from __future__ import annotations

import sys
from contextlib import suppress


def complain(message: str) -> None:
    """Says it on stderr. That nobody reads it, or that there is none, is no matter."""
    with suppress(OSError, ValueError, AttributeError):
        print(f"simple-ipc: {message}", file=sys.stderr, flush=True)
