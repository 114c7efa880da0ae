"""The thread that runs our event loop, which must not wait."""

from __future__ import annotations

import threading
from typing import Final

LOOP_THREAD: Final = "simple-ipc-asyncio"


def refuse_to_block(what: str, instead: str) -> None:
    """Raises RuntimeError on the thread of an event loop of ours."""
    if threading.current_thread().name == LOOP_THREAD:
        raise RuntimeError(f"{what} would block the event loop: {instead} instead")
