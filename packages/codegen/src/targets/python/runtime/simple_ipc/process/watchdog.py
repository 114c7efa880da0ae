"""No program outlives its host, however the host ends.

At the end of the interpreter the living groups get SIGTERM; a tiny `sh` in a session of
its own, one per host, learns of each group through a pipe. When that pipe ends, which
no death of the host can prevent, it gives them a second and kills them. So no signal
handler is needed. On Windows there is only the end of the interpreter.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from .process_group import signal_group
from .spawned_process import SpawnedProcess

if TYPE_CHECKING:
    from collections.abc import Callable

# Programs have had their end of input when its loop ends, and a well-behaved one needs
# less than the second. Where the program that started our host has ended, too, its own
# watchdog has waited for that second already. It is looked for only if it is such a
# host, which starts programs in sessions of their own, and only where there is `/proc`.
_SCRIPT: Final = r"""trap '' HUP INT TERM
above=
if read -r stat 2>/dev/null < "/proc/$PPID/stat"; then
  set -- ${stat##*) }
  [ "$4" = "$PPID" ] && [ "$2" -gt 1 ] && above=$2
fi
groups=' '
while read -r sign group; do
  case $sign in
    +) groups="$groups$group " ;;
    -) case $groups in
      *" $group "*) groups="${groups%% $group *} ${groups#* $group }" ;;
    esac ;;
  esac
done
[ "$groups" = ' ' ] && exit
pause=1
if [ -n "$above" ]; then
  stat='(gone) Z'
  read -r stat 2>/dev/null < "/proc/$above/stat"
  case ${stat##*) } in
    Z* | X* | '') pause=0.2 ;;
  esac
fi
sleep "$pause" || sleep 1
for group in $groups; do
  kill -s KILL -- "-$group" || kill -KILL "-$group"
done"""


class Watchdog:
    """The groups that must end with this process, and the `sh` that sees to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._living: dict[int, set[int]] = {}
        self._copied: dict[int, Callable[[], None]] = {}
        self._process: SpawnedProcess | None = None
        self._started = 0.0
        self.input = -1
        """The pipe to the `sh`: an error on it means that it is gone."""

    def ready(self) -> None:
        """To be called before a program starts: between its start and its registration
        nothing should be slow.
        """
        with self._lock:
            if self._process is None:
                self._start()

    def watch(self, group: int, held: set[int], copied: Callable[[], None]) -> None:
        """From now on the group ends with this process. `held` are the descriptors of
        its pipes that are open: a copy of this process, made by `fork`, must not hold
        them, and is told so by `copied`.
        """
        with self._lock:
            self._living[group] = held
            self._copied[group] = copied
            self._tell(f"+ {group}\n")

    def forget(self, group: int) -> None:
        """The group is gone, and its number may soon be reused."""
        with self._lock:
            self._copied.pop(group, None)
            if self._living.pop(group, None) is not None:
                self._tell(f"- {group}\n")

    def revive(self) -> None:
        """The `sh` was killed: another one takes its place, at most once a second."""
        with self._lock:
            if self._process is not None and self._process.poll() is not None:
                self._lose()
            is_missing = self._process is None and self._living
            if is_missing and time.monotonic() - self._started > 1:
                self._start()

    def _start(self) -> None:
        if sys.platform == "win32":
            return
        self._started = time.monotonic()
        try:
            theirs, ours = os.pipe()
        except OSError:
            # As below.
            return
        try:
            self._process = SpawnedProcess(
                ["/bin/sh", "-c", _SCRIPT],
                cwd="/",
                env={"PATH": "/usr/bin:/bin"},
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            # Without sh, or without a free descriptor, there is the end of the
            # interpreter alone; the next program tries again.
            os.close(ours)
            return
        finally:
            os.close(theirs)
        self.input = ours
        with suppress(OSError):
            for group in self._living:
                os.write(ours, f"+ {group}\n".encode())

    def _tell(self, line: str) -> None:
        if self._process is None:
            return
        try:
            # A few bytes into a pipe that is read at once: this does not wait.
            os.write(self.input, line.encode())
        except OSError:
            self._lose()
            self._start()

    def _lose(self) -> None:
        if self._process is not None:
            os.close(self.input)
            self._process.poll()
        self._process = None
        self.input = -1

    def end_all(self) -> None:
        """At the end of the interpreter. The `sh`, if there is one, kills whoever does
        not listen to this.
        """
        for group in list(self._living):
            signal_group(group, kill=self._process is None)

    def forked(self) -> None:
        """In a fork of this process, the programs belong to the parent."""
        held = [number for numbers in self._living.values() for number in numbers]
        if self._process is not None:
            held.append(self.input)
        for number in held:
            with suppress(OSError):
                os.close(number)
        self._lock = threading.Lock()
        self._living.clear()
        copied, self._copied = self._copied, {}
        for tell in copied.values():
            tell()
        self._process = None
        self.input = -1


watchdog: Final = Watchdog()
atexit.register(watchdog.end_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=watchdog.forked)
