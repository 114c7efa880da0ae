"""The way to the other side, as generated clients use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from ..values.faults import InvalidValueError, misfit
from ..values.nothing_more import NOTHING_MORE
from ..values.raw_bytes import written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ..calls.call import Call
    from ..calls.remote_error import ErrorReader
    from .caller import Caller
    from .interfaces import CallOwner

T = TypeVar("T")


class Link:
    """The way to the other side, for calls of one handler or of no handler."""

    def __init__(
        self, caller: Caller, owner: CallOwner | None = None, *, waits: bool = True
    ) -> None:
        self._caller = caller
        self._owner = owner
        self._waits = waits

    def start(
        self,
        method: str,
        params: T,
        write: Callable[[T, str], object],
        *,
        errors: Sequence[ErrorReader] = (),
        meta: Mapping[str, str] | None = NOTHING_MORE,
    ) -> Call:
        """Sends a call. Raises RuntimeError where waiting for it would block our event
        loop.
        """
        if self._waits:
            self._caller.check_thread(method)
        wire_params = _outgoing(method, params, write)
        return self._caller.start(method, wire_params, self._owner, errors, meta)

    def notify(
        self,
        name: str,
        params: T,
        write: Callable[[T, str], object],
        *,
        meta: Mapping[str, str] | None = NOTHING_MORE,
    ) -> None:
        """Sends a notification."""
        wire_params = _outgoing(name, params, write)
        self._caller.notify(name, wire_params, self._owner, meta)

    def send_line(self, text: str) -> None:
        """Sends a plain line, which is not a message."""
        self._caller.send_line(text)


def _outgoing(name: str, params: T, write: Callable[[T, str], object]) -> object:
    try:
        return written(write, params)
    except InvalidValueError as fault:
        raise misfit("INVALID_PARAMS", f"{name} was not sent: params", fault) from fault
