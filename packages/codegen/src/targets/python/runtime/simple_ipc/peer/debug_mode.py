"""Whether a side is being debugged."""

from __future__ import annotations

import os


def is_debugged(chosen: bool | None) -> bool:
    """What an option says, or else whether the environment has `SIMPLE_IPC_DEBUG=1`."""
    return os.environ.get("SIMPLE_IPC_DEBUG") == "1" if chosen is None else chosen
