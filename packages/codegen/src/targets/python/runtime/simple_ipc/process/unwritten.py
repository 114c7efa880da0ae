"""What waits to be written to a program."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from ..wire.headers import with_header
from ..wire.raw_message import RawMessage

if TYPE_CHECKING:
    from ..wire.items_message import ItemsMessage
    from ..wire.raw_message import Line

_WRITE_AT_MOST: Final = 64 * 1024


class Unwritten:
    """Messages in order, and how many bytes they have. Whoever uses it holds a lock."""

    def __init__(self) -> None:
        self.size = 0
        self._messages: deque[bytes | memoryview | ItemsMessage] = deque()

    def __bool__(self) -> bool:
        return bool(self._messages)

    def put(self, line: Line, *, has_headers: bool = False) -> None:
        if isinstance(line, RawMessage):
            self._messages.extend(line.parts)
        else:
            line = with_header(line) if has_headers else line
            self._messages.append(line)
        self.size += len(line)

    def put_items(self, message: ItemsMessage) -> None:
        """Takes a message that others may join; it is counted when it is taken."""
        self._messages.append(message)

    def clear(self) -> None:
        self._messages.clear()
        self.size = 0

    def take(self) -> bytes | memoryview:
        """What goes out in one write: many small messages, or what is left of a large
        one, which is not copied.
        """
        if not self._messages:
            return b""
        taken = [self._next()]
        size = len(taken[0])
        while self._messages and size + len(self._messages[0]) <= _WRITE_AT_MOST:
            taken.append(self._next())
            size += len(taken[-1])
        return taken[0] if len(taken) == 1 else b"".join(taken)

    def written(self, data: bytes | memoryview, written: int) -> None:
        """Notes how much of what was taken the pipe has taken; the rest is next."""
        # Unless it was discarded meanwhile.
        if self.size > 0:
            self.size -= written
            if written < len(data):
                self._messages.appendleft(memoryview(data)[written:])

    def _next(self) -> bytes | memoryview:
        message = self._messages.popleft()
        if isinstance(message, (bytes, memoryview)):
            return message
        line = message.line()
        self.size += len(line)
        return line
