"""Messages on their way out: gathered into one write while there is more to do, never
long.
"""

from __future__ import annotations

import os
import select
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final, cast

from ..raised import AnyRaised
from ..wire.items_message import ItemsMessage
from ..wire.raw_message import RawMessage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..wire.raw_message import Line

_WRITE_AT: Final = 64 * 1024
_FULL_AT: Final = 1024 * 1024
_LONGEST_WAIT: Final = 0.005
_PLAIN: Final = frozenset({bytes})


class Output:
    """Where messages are put by handlers, which may have to wait, and by the reading
    thread, which never does.
    """

    def __init__(
        self,
        write: Callable[[bytes | memoryview], None],
        on_closed: Callable[[], None],
        on_death: Callable[[BaseException], None],
        limit: int,
    ) -> None:
        self._write = write
        self._on_closed = on_closed
        # Called when the writing thread cannot go on.
        self._on_death = on_death
        # How much may wait before nothing more is read.
        self._limit = limit
        self._pending: list[bytes | memoryview | ItemsMessage] = []
        self._size = 0
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._wanted = threading.Event()
        self._now = threading.Event()
        self._writer: threading.Thread | None = None
        self.closed = False

    def put(self, line: Line) -> None:
        """Takes a message of a handler; waits while the other side does not read."""
        with self._lock:
            if type(line) is bytes:
                self._pending.append(line)
            else:
                self._add(line)
            self._size += len(line)
            size = self._size
        self._write_soon(size)

    def put_items(self, message: ItemsMessage, closed: int) -> None:
        """Takes a message that others may join until it is written; `closed` is the
        size of the one before it, which takes no more.
        """
        with self._lock:
            self._pending.append(message)
            self._size += closed
            size = self._size
        self._write_soon(size)

    def _add(self, line: Line) -> None:
        """The lock is held."""
        if isinstance(line, RawMessage):
            self._pending.extend(line.parts)
        else:
            self._pending.append(line)

    def _write_soon(self, size: int) -> None:
        if size >= _WRITE_AT:
            self.flush(wait=size >= _FULL_AT)
        elif not self._wanted.is_set():
            # The handler may be busy for long before it flushes: the writing thread
            # writes it.
            self._wanted.set()
            self._need_writer()

    def put_now(self, line: Line) -> None:
        """Takes a message of the protocol: another thread writes it at once."""
        with self._lock:
            self._add(line)
            self._size += len(line)
        self._wanted.set()
        self._now.set()
        self._need_writer()

    @property
    def is_full(self) -> bool:
        """Whether messages that can wait should wait."""
        return self._size >= _FULL_AT

    @property
    def size(self) -> int:
        return self._size

    def wait_for_reader(self) -> None:
        """Returns when no more waits for the other side than may."""
        while self._size > self._limit and not self.closed:
            self.flush(wait=True)

    def flush(self, *, wait: bool = False) -> None:
        """Writes everything there is.

        If another thread is writing, it will write ours too.
        """
        while self._pending and not self.closed:
            if not self._writing.acquire(blocking=wait):
                return
            try:
                with self._lock:
                    taken, size = self._pending, self._size
                    self._pending, self._size = [], 0
                for data in _joined(taken, size):
                    self._write(data)
            except OSError:
                self._close()
            finally:
                self._writing.release()

    def finish(self, seconds: float | None = None) -> None:
        """Returns when everything is written; after `seconds` at the latest, for the
        other side may not read.
        """
        if seconds is not None:
            writer = threading.Thread(target=self.finish, daemon=True)
            # There may be no memory for a thread.
            with suppress(RuntimeError):
                writer.start()
                writer.join(seconds)
            return
        self.flush(wait=True)
        with self._writing:
            pass

    def seal(self) -> None:
        """Writes nothing more."""
        self.closed = True
        self._pending = []

    def _close(self) -> None:
        if not self.closed:
            self.closed = True
            self._pending = []
            self._on_closed()

    def _need_writer(self) -> None:
        if self._writer is None:
            self._writer = threading.Thread(
                target=self._write_late, name="simple-ipc-writer", daemon=True
            )
            self._writer.start()

    def _write_late(self) -> None:
        try:
            while not self.closed:
                self._wanted.wait()
                if not self._now.wait(_LONGEST_WAIT):
                    self._wanted.clear()
                self._now.clear()
                self.flush()
        except AnyRaised as failure:
            self._on_death(failure)


def _joined(
    messages: Sequence[bytes | memoryview | ItemsMessage], size: int
) -> Iterator[bytes | memoryview]:
    """What goes out in one write each: small messages together, large parts as they
    are, which are not copied.
    """
    # Most are short answers.
    if size < _WRITE_AT and _PLAIN.issuperset(map(type, messages)):
        yield b"".join(cast("Sequence[bytes]", messages))
        return
    small: list[bytes | memoryview] = []
    for message in messages:
        part = message.line() if isinstance(message, ItemsMessage) else message
        if len(part) < _WRITE_AT:
            small.append(part)
            continue
        if small:
            yield b"".join(small)
            small = []
        yield part
    if small:
        yield small[0] if len(small) == 1 else b"".join(small)


def write_all(descriptor: int, data: bytes | memoryview) -> None:
    """Writes every byte, to a descriptor that may have been made non-blocking by
    somebody else.
    """
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(descriptor, rest) :]
        except BlockingIOError:
            select.select([], [descriptor], [])
