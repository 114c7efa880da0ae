"""A program and everything that it started in its group."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from .spawned_process import SpawnedProcess

if TYPE_CHECKING:
    from pathlib import Path


def signal_group(group: int, *, kill: bool) -> str | None:
    """Sends SIGTERM, or SIGKILL, to a program and everything in its group.

    Returns the system's error code if nothing got it. On Windows every signal ends the
    tree.
    """
    if sys.platform == "win32":
        return _kill_tree(group)
    return _send(group, signal.SIGKILL if kill else signal.SIGTERM)


def kill_leftovers(group: int) -> bool:
    """Kills what a program that has exited left in its group; returns whether there may
    have been something. On Windows a tree whose root is gone is no longer known.
    """
    if sys.platform == "win32":
        return False
    return _send(group, signal.SIGKILL) is None


def wait_until_gone(group: int, seconds: float) -> None:
    """Returns when no process of a killed group is alive, or when the time is over:
    some wait inside the system.
    """
    pause = 0.001
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if _send(group, 0) == "ESRCH" or (pause > 0.01 and _all_dead(group)):
            return
        time.sleep(pause)
        pause = min(pause * 2, 0.05)


def _send(group: int, number: int) -> str | None:
    if sys.platform == "win32":
        return None
    try:
        os.killpg(group, number)
    except OSError as refused:
        return errno.errorcode.get(refused.errno or 0, str(refused))
    return None


def _kill_tree(root: int) -> str | None:
    from pathlib import Path

    system = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
    taskkill = SpawnedProcess(
        [str(system / "taskkill.exe"), "/pid", str(root), "/T", "/F"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return None if taskkill.wait() == 0 else "ESRCH"


def _all_dead(group: int) -> bool:
    """Whether the system's table, where it can be read, has no living process of the
    group. A dead one whose exit code is never fetched stays in it: forever, where PID
    1 is not an init process.
    """
    # Slow to load, and rarely needed.
    from pathlib import Path

    try:
        return not any(
            _lives_in(entry, group)
            for entry in Path("/proc").iterdir()
            if entry.name.isdecimal()
        )
    except OSError:
        return False


def _lives_in(process: Path, group: int) -> bool:
    try:
        # pid (name) state parent group …, and a name may hold spaces and parentheses.
        stat = (process / "stat").read_text("latin-1").rpartition(")")[2].split()
    except OSError:
        return False
    return stat[2] == str(group) and stat[0] not in {"Z", "X"}
