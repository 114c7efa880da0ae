"""The stdin of a program that we started: writing to it never blocks."""

from __future__ import annotations

import os
import select
import sys
import threading
from typing import TYPE_CHECKING, Final

from .pipe_end import has_no_reader
from .unwritten import Unwritten

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..wire.items_message import ItemsMessage
    from ..wire.raw_message import Line

_FULL_AT: Final = 1024 * 1024
_LOOK_EVERY: Final = 100
# How many seconds items wait for others to join their message.
_GATHER: Final = 0.002


class ChildInput:
    """Messages are written at once, or with `later` once for all that are put in one
    iteration of an event loop. What the pipe does not take is written by a thread of
    its own, which lives as long as something is left.
    """

    def __init__(
        self,
        descriptor: int,
        on_close: Callable[[int], None],
        later: Callable[[Callable[[], None]], None] | None = None,
    ) -> None:
        self._descriptor = descriptor
        self._on_close = on_close
        self._later = later
        self.has_headers = False
        """Whether messages are preceded by their size."""
        self._is_scheduled = False
        self._unwritten = Unwritten()
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._writer: threading.Thread | None = None
        self._waiting: list[tuple[Callable[[], bool], Callable[[], None]]] = []
        self._full_at = _FULL_AT
        self._is_ending = self._is_closed = self._is_lost = False
        self.on_lost: Callable[[], None] | None = None
        """Called when something could not be written: nothing reads it."""
        # A program that does not read must not make us wait. Windows has no such
        # pipes: there the thread writes everything.
        self._can_refuse = sys.platform != "win32"
        if sys.platform != "win32":
            os.set_blocking(descriptor, False)

    # ---- for the peer ----------------------------------------------------------------

    @property
    def is_full(self) -> bool:
        return self._unwritten.size >= self._full_at

    @property
    def size(self) -> int:
        return self._unwritten.size

    def put(self, line: Line) -> None:
        with self._lock:
            if self._is_ending or self._is_closed:
                return
            self._unwritten.put(line, has_headers=self.has_headers)
        if self._later is None:
            self.flush()
        elif not self._is_scheduled:
            self._is_scheduled = True
            self._later(self._flush_scheduled)

    put_now = put

    def put_items(self, message: ItemsMessage, closed: int) -> None:
        """Takes a message that others may join for a moment; `closed` is the size of
        the one before it, which takes no more.
        """
        with self._lock:
            if self._is_ending or self._is_closed:
                return
            self._unwritten.put_items(message)
            is_scheduled, self._is_scheduled = self._is_scheduled, True
        if not is_scheduled:
            if self._later is not None:
                self._later(self._flush_scheduled)
            else:
                timer = threading.Timer(_GATHER, self._flush_scheduled)
                timer.daemon = True
                timer.start()
        if closed:
            self.flush()

    def flush(self, *, wait: bool = False) -> None:
        """Writes what the pipe takes; with `wait` returns when it is not full."""
        if not (self._can_refuse and self._write()):
            self._need_writer()
        if wait and self.is_full:
            room = threading.Event()
            self.when_room(room.set)
            room.wait()

    # ---- for the program -------------------------------------------------------------

    def limit(self, size: int) -> None:
        """Those that can wait should when as much is queued."""
        self._full_at = min(_FULL_AT, size)

    def when_room(self, callback: Callable[[], None]) -> None:
        """Calls back when it is not full, or closed."""
        self._when(callback, lambda: not self.is_full)

    def when_empty(self, callback: Callable[[], None]) -> None:
        """Calls back when the pipe has taken everything, or is closed."""
        self._when(callback, lambda: self._unwritten.size == 0)

    def discard(self) -> None:
        """Forgets what is left, and takes nothing more: nothing reads it."""
        with self._lock:
            self._is_ending = True
            self._unwritten.clear()
            callbacks = self._take_callbacks()
        for callback in callbacks:
            callback()

    def has_no_reader(self) -> bool:
        """Whether the program closed its end; where it is not known, it did not."""
        # Closing the pipe must not have to wait for us.
        if self._is_lost or not self._writing.acquire(blocking=False):
            return self._is_lost
        try:
            return not self._is_closed and has_no_reader(self._descriptor)
        finally:
            self._writing.release()

    def end(self) -> None:
        """Closes it when everything was written."""
        with self._lock:
            self._is_ending = True
        self.flush()
        self._close_if_done()

    def close(self) -> None:
        """Closes it: the program has ended."""
        with self._writing:
            self._close()

    # ---- writing ---------------------------------------------------------------------

    def _flush_scheduled(self) -> None:
        self._is_scheduled = False
        self.flush()

    def _write(self) -> bool:
        """Writes until nothing is left; False if the pipe is full. If another
        thread is writing, it will write ours too.
        """
        while self._unwritten and self._writing.acquire(blocking=False):
            try:
                if not self._write_some():
                    return False
            finally:
                self._writing.release()
        return True

    def _write_some(self) -> bool:
        """Writes once; False if the pipe is full. The writing lock is held."""
        with self._lock:
            data = b"" if self._is_closed else self._unwritten.take()
        try:
            written = os.write(self._descriptor, data) if data else 0
        except BlockingIOError:
            written = 0
        except OSError:
            # It has no reader left.
            self._is_lost = True
            self._close()
            if self.on_lost is not None:
                self.on_lost()
            return True
        with self._lock:
            self._unwritten.written(data, written)
            callbacks = self._take_callbacks()
        for callback in callbacks:
            callback()
        return written == len(data)

    def _when(self, callback: Callable[[], None], is_met: Callable[[], bool]) -> None:
        with self._lock:
            is_late = not (self._is_closed or is_met())
            if is_late:
                self._waiting.append((is_met, callback))
        if not is_late:
            callback()

    def _take_callbacks(self) -> list[Callable[[], None]]:
        """Those whose time has come; the lock is held."""
        met = [callback for is_met, callback in self._waiting if is_met()]
        if met:
            self._waiting = [one for one in self._waiting if not one[0]()]
        return met

    def _need_writer(self) -> None:
        with self._lock:
            if self._writer is not None or self._is_closed or not self._unwritten:
                return
            self._writer = threading.Thread(
                target=self._write_late, name="simple-ipc-writer", daemon=True
            )
            writer = self._writer
        writer.start()

    def _write_late(self) -> None:
        while True:
            if sys.platform != "win32":
                watch = select.poll()
                watch.register(self._descriptor, select.POLLOUT)
                # It may be closed meanwhile: hence the timeout.
                watch.poll(_LOOK_EVERY)
            with self._writing:
                self._write_some()
            with self._lock:
                if self._is_closed or not self._unwritten:
                    self._writer = None
                    break
        self._close_if_done()

    def _close_if_done(self) -> None:
        if self._is_ending and not self._unwritten:
            self.close()

    def _close(self) -> None:
        """The writing lock is held."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
            self._unwritten.clear()
            callbacks = self._take_callbacks()
        self._on_close(self._descriptor)
        os.close(self._descriptor)
        for callback in callbacks:
            callback()
