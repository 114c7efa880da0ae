"""Several items of a stream in one message."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from ..values.json_text import dump
from .messages import to_line

if TYPE_CHECKING:
    from .messages import MessageId

_MOST: Final = 256
_MOST_BYTES: Final = 64 * 1024
ITEMS_TAIL: Final = "]}}"


class ItemsMessage:
    """The next items of a call, as JSON texts. Others may join until it is written."""

    def __init__(self, head: str, text: str, size: int) -> None:
        self._head = head
        self._texts = [text]
        self._size = size
        self._is_closed = size >= _MOST_BYTES
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """How many bytes it has, with its line end."""
        return len(self._head) + self._size + len(self._texts) + len(ITEMS_TAIL)

    @property
    def is_closed(self) -> bool:
        """Whether it takes no more items."""
        return self._is_closed

    def add(self, text: str, size: int, limit: int) -> bool:
        """Takes another item, if it is not written yet and has room."""
        with self._lock:
            if (
                self._is_closed
                or len(self._texts) == _MOST
                or self._size + size > _MOST_BYTES
                or len(self) + size > limit
            ):
                self._is_closed = True
                return False
            self._texts.append(text)
            self._size += size
            return True

    def close(self) -> None:
        """Takes no more items."""
        with self._lock:
            self._is_closed = True

    def line(self) -> bytes:
        """The message as a line; it takes no more items."""
        self.close()
        return to_line(f"{self._head}{','.join(self._texts)}{ITEMS_TAIL}")


def items_head(call: MessageId) -> str:
    """How the messages with the items of a call begin."""
    params = f'{{"id":{dump(call)},"values":['
    return f'{{"jsonrpc":"2.0","method":"$/items","params":{params}'


def size_of(text: str) -> int:
    """How many bytes a text has in UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
