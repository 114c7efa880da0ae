"""The connection that carries a call."""

from __future__ import annotations

from typing import Protocol, TypeVar

# What is carried: `Call`, which has such a carrier.
C_contra = TypeVar("C_contra", contravariant=True)


class Carrier(Protocol[C_contra]):
    """The connection that carries a call."""

    @property
    def ignores_timeouts(self) -> bool: ...
    def send_credit(self, number: int, items: int) -> None: ...
    def abandon(self, call: C_contra) -> None: ...
    def when_late(self, call: C_contra) -> str:
        """What became of a call that is too late."""
        ...

    def instead(self) -> str:
        """What came instead of its answer: text of the other side."""
        ...

    def has_unread(self) -> bool:
        """Whether something arrived that was not looked at."""
        ...

    def misfit(self, message: str, value: object) -> None: ...
    def wait(
        self, call: C_contra, deadline: float | None, *, for_items: bool
    ) -> bool: ...
