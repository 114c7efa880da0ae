"""How much of a stream may be in transit."""

from __future__ import annotations

from collections import deque
from typing import Final

MAX_ITEMS: Final = 4096
MAX_BYTES: Final = 1024 * 1024
CREDIT_ITEMS: Final = 2048
CREDIT_BYTES: Final = 512 * 1024


class SendWindow:
    """The sizes of the items that were sent and are not yet consumed."""

    def __init__(self) -> None:
        self._sizes: deque[int] = deque()
        self._bytes = 0
        self._unlimited = False

    @property
    def is_open(self) -> bool:
        """Whether another item may be sent."""
        return self._unlimited or (
            len(self._sizes) < MAX_ITEMS and self._bytes < MAX_BYTES
        )

    def sent(self, size: int) -> None:
        """Notes an item; `size` is that of its JSON text, in bytes."""
        if not self._unlimited:
            self._sizes.append(size)
            self._bytes += size

    def credit(self, items: int) -> None:
        """Notes that the oldest items were consumed."""
        for _ in range(min(items, len(self._sizes))):
            self._bytes -= self._sizes.popleft()

    def open_for_good(self) -> None:
        """Lets everything be sent from now on."""
        self._unlimited = True


class ReceiveWindow:
    """How much was consumed and is not yet reported."""

    def __init__(self) -> None:
        self._items = 0
        self._bytes = 0

    def consumed(self, items: int, size: int, *, is_last_unread: bool) -> int:
        """Notes items; returns how many to give credit for now, often 0."""
        self._items += items
        self._bytes += size
        if (
            not is_last_unread
            and self._items < CREDIT_ITEMS
            and self._bytes < CREDIT_BYTES
        ):
            return 0
        items = self._items
        self._items = self._bytes = 0
        return items
