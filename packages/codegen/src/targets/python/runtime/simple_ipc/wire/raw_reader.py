"""Takes the bytes behind the lines of messages out of a stream."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class RawReader:
    """The bytes behind one line: they end with a line feed, the sender's mark and a
    line feed.

    Where these are not, something else wrote into the stream, and all up to them is
    dropped without being searched for messages: a request in it must not run.
    """

    def __init__(
        self,
        size: int,
        mark: bytes,
        done: Callable[[bytes | None], None],
        *,
        keep: bool,
    ) -> None:
        self._end = b"\n" + mark + b"\n"
        self._done = done
        self._left = size
        self._size = size
        self._keep = keep
        self._store: BytesIO | None = None
        self._data = b""
        # What is behind the bytes, as far as it arrived.
        self._behind = b""
        self._is_lost = False
        self.dropped = 0
        """How many bytes were dropped to find the mark."""

    def wanted(self) -> memoryview | None:
        """Where the next bytes can be read into, if they are to be kept."""
        if not self._keep or not self._left:
            return None
        return self._room()[self._size - self._left :]

    def filled(self, size: int) -> None:
        """As much was read into what was wanted."""
        self._left -= size

    def push(self, chunk: bytes) -> bytes | None:
        """Takes bytes; returns what is behind the mark when that was found."""
        taken = min(self._left, len(chunk))
        if taken:
            self._take(chunk[:taken] if taken < len(chunk) else chunk)
            chunk = chunk[taken:]
        if self._left:
            return None
        self._behind += chunk
        if not self._is_lost:
            if len(self._behind) < len(self._end):
                return None
            if self._behind.startswith(self._end):
                rest = self._behind[len(self._end) :]
                self._done(self._all() if self._keep else None)
                return rest
            self._is_lost = True
            # The mark may be among what was taken for the bytes.
            self._behind = (self._all() if self._keep else b"") + self._behind
        at = self._behind.find(self._end)
        if at < 0:
            kept = len(self._end) - 1
            self.dropped += max(0, len(self._behind) - kept)
            self._behind = self._behind[-kept:]
            return None
        self.dropped += at
        rest = self._behind[at + len(self._end) :]
        self._done(None)
        return rest

    @property
    def is_lost(self) -> bool:
        """Whether something else was in the place of the mark."""
        return self._is_lost

    def _take(self, part: bytes) -> None:
        if self._keep:
            if len(part) == self._size:
                self._data = part
            else:
                at = self._size - self._left
                self._room()[at : at + len(part)] = part
        self._left -= len(part)

    def _room(self) -> memoryview:
        if self._store is None:
            self._store = BytesIO()
            self._store.seek(self._size - 1)
            self._store.write(b"\0")
        return self._store.getbuffer()

    def _all(self) -> bytes:
        """The bytes, which are not copied: nothing else has a view of the store."""
        if self._store is not None:
            self._data, self._store = self._store.getvalue(), None
        return self._data
