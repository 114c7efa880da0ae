"""Reads what a program writes to a pipe."""

from __future__ import annotations

import os
import select
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from .watchdog import watchdog

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from ..wire.unread_input import UnreadInput

_CHUNK: Final = 256 * 1024
# How often one that waits looks whether the watchdog is back, where there is none.
_LOOK_EVERY: Final = 500
# The most that a pipe can still hold when the program has exited; anything beyond that
# comes from another process.
_PIPE_CAPACITY: Final = 1024 * 1024


def read_pipe(
    unread: UnreadInput,
    over: int,
    exited: threading.Event,
    take: Callable[[bytes], None],
    wanted: Callable[[], memoryview | None] = lambda: None,
    filled: Callable[[int], None] = lambda _: None,
) -> None:
    """Reads to the end, but not forever when another process holds the pipe open after
    the exit: reading stops when `over` is closed at its other end. What is `wanted` is
    read into that memory, and said to be `filled`.
    """
    after_exit, source = 0, unread.source
    with suppress(OSError):
        while _may_read(source, over) and after_exit <= _PIPE_CAPACITY:
            unread.is_taking = True
            view, chunk = wanted(), b""
            if view is None:
                chunk = os.read(source, _CHUNK)
                size = len(chunk)
            else:
                with view:
                    size = unread.read_into(view)
            if not size:
                return
            if exited.is_set():
                after_exit += size
            if view is None:
                take(chunk)
            else:
                filled(size)
            unread.is_taking = False


def _may_read(source: int, over: int) -> bool:
    """Waits for something to read; False when reading is to stop."""
    if sys.platform == "win32":
        return True
    watch = select.poll()
    watch.register(source, select.POLLIN)
    watch.register(over, 0)
    dog = -1
    while True:
        if dog != watchdog.input:
            if dog != -1:
                watch.unregister(dog)
            dog = watchdog.input
            if dog != -1:
                watch.register(dog, 0)
        events = dict(watch.poll(_LOOK_EVERY if dog == -1 else None))
        if source in events:
            # Also when it is to stop: we may have been too busy to read.
            return True
        if over in events:
            return False
        # The watchdog no longer reads its pipe, or is not there.
        watchdog.revive()
