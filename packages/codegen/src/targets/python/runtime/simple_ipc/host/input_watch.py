"""Notices that a program reads no more while it is called: only its pipe tells."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..process.program import Program

_EVERY: Final = 0.25
# A program that has not exited so long after it closed its stdin goes on running.
_GRACE: Final = 0.5


class InputWatch:
    """Looks at the program's stdin from time to time while something is asked of it."""

    def __init__(
        self, program: Program, is_busy: Callable[[], bool], lost: Callable[[], None]
    ) -> None:
        self._program = program
        self._is_busy = is_busy
        self._lost = lost
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Something was asked, or could not be written."""
        if self._thread is not None or self._over.is_set():
            return
        with self._lock:
            if self._thread is not None:
                return
            self._thread = threading.Thread(
                target=self._run,
                name=f"simple-ipc-watch-{self._program.pid}",
                daemon=True,
            )
            self._thread.start()

    def end(self) -> None:
        """The program has ended."""
        self._over.set()

    def join(self, seconds: float) -> None:
        """Waits until it has stopped looking."""
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(seconds)

    def _run(self) -> None:
        while not self._over.wait(_EVERY):
            if self._program.input.has_no_reader():
                if self._program.wait_for_exit(_GRACE) is None:
                    self._lost()
                return
            if not self._is_busy():
                self._thread = None
                # A call may have been made before that.
                if not self._is_busy():
                    return
                with self._lock:
                    if self._thread is not None:
                        return
                    self._thread = threading.current_thread()
