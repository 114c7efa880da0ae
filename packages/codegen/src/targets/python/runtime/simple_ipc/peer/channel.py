"""What a peer needs of whoever carries its messages and runs its handlers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager


class Outlet(Protocol):
    """Where messages leave: a child's stdout, or the stdin of a host's child."""

    @property
    def is_full(self) -> bool:
        """Whether what can wait should wait."""
        ...

    def put(self, line: bytes) -> None:
        """Takes a message of a handler, which may have to wait."""

    def put_now(self, line: bytes) -> None:
        """Takes a message of the reading thread, which never waits."""

    def flush(self, *, wait: bool = False) -> None:
        """Writes what was put."""


class Queue(Protocol):
    """Where handlers run, in the order in which they are put."""

    @property
    def has_more(self) -> bool:
        """Whether another task waits."""
        ...

    @property
    def is_working(self) -> bool:
        """Whether the calling thread runs a task."""
        ...

    def put(self, tasks: Iterable[Callable[[], None]]) -> None:
        """Puts tasks behind all others."""

    def lent(self) -> AbstractContextManager[None]:
        """Lets others work while this thread waits."""
        ...
