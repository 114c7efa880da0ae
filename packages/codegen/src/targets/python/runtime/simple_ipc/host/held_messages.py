"""What a host is told to send before its child has started."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..peer.interfaces import CallOwner
    from ..wire.raw_message import Line


class Held(NamedTuple):
    """A message that waits; `number` is that of a call, `owner` is None for whoever is
    neither a handler nor `on_start`.
    """

    number: int | None
    line: Line
    owner: CallOwner | None


class HeldMessages:
    """Messages that wait, in order, until nothing is held any more. Whoever changes
    them holds the peer's lock.
    """

    def __init__(self) -> None:
        self.is_open = False
        """Whether nothing is held any more."""
        self.size = 0
        """How many bytes they have."""
        self._messages: list[Held] = []

    def __bool__(self) -> bool:
        return bool(self._messages)

    def add(self, message: Held) -> None:
        self._messages.append(message)
        self.size += len(message.line)

    def take(self) -> list[Held]:
        """All of them, which do not wait any more."""
        messages = self._messages
        self._keep(())
        return messages

    def take_owned(self) -> list[Held]:
        """Those that handlers and `on_start` say."""
        taken = [message for message in self._messages if message.owner is not None]
        self._keep(message for message in self._messages if message.owner is None)
        return taken

    def remove(self, number: int) -> bool:
        """Forgets a call; returns whether it was held."""
        count = len(self._messages)
        self._keep(message for message in self._messages if message.number != number)
        return len(self._messages) < count

    def has(self, number: int) -> bool:
        """Whether a call is held."""
        return any(message.number == number for message in self._messages)

    def _keep(self, messages: Iterable[Held]) -> None:
        self._messages = list(messages)
        self.size = sum(len(message.line) for message in self._messages)
