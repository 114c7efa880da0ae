"""How far the thread that reads a pipe is behind."""

from __future__ import annotations

import os
import select
import sys


class UnreadInput:
    """Tells whether something arrived that was not handled."""

    def __init__(self, source: int) -> None:
        self.source = source
        self.is_taking = False
        """Set by the reading thread from before it reads until what it has read was
        handled.
        """

    def read_into(self, view: memoryview) -> int:
        """Reads into memory; returns how many bytes, 0 at the end."""
        if hasattr(os, "readv"):
            return os.readv(self.source, [view])
        chunk = os.read(self.source, len(view))
        view[: len(chunk)] = chunk
        return len(chunk)

    def __call__(self) -> bool:
        # Windows does not say what a pipe holds.
        if self.is_taking or sys.platform == "win32":
            return self.is_taking
        watch = select.poll()
        watch.register(self.source, select.POLLIN)
        return any(event & select.POLLIN for _, event in watch.poll(0))
