"""The other end of a pipe that we write to."""

from __future__ import annotations

import select
import sys


def has_no_reader(descriptor: int) -> bool:
    """Whether nobody can read it any more; where that is not known, somebody can."""
    if sys.platform == "win32":
        return False
    watch = select.poll()
    watch.register(descriptor, 0)
    return any(event & select.POLLERR for _, event in watch.poll(0))
