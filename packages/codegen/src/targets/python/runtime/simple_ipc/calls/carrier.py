"""The connection that carries a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from .call import Call


class Carrier(Protocol):
    """The connection that carries a call."""

    @property
    def ignores_timeouts(self) -> bool: ...
    def send_credit(self, number: int, items: int) -> None: ...
    def abandon(self, call: Call) -> None: ...
    def when_late(self, call: Call) -> str: ...
    def has_unread(self) -> bool:
        """Whether something arrived that was not looked at."""
        ...

    def misfit(self, message: str, value: object) -> None: ...
    def wait(self, call: Call, deadline: float | None, *, for_items: bool) -> bool: ...
