"""What handlers get in addition to their params."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

from ..errors import CancelledError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .interfaces import HandledRequest

P = TypeVar("P")
C_co = TypeVar("C_co", covariant=True)


class Context(Generic[P, C_co]):
    """The call that a handler answers: is it cancelled, how far is it?"""

    __slots__ = ("_request",)

    def __init__(self, request: HandledRequest) -> None:
        self._request = request

    @property
    def cancelled(self) -> bool:
        """Whether the caller no longer wants the answer."""
        return self._request.cancelled

    @property
    def meta(self) -> Mapping[str, str]:
        """What the caller says of itself, beside the params. Calls that the handler
        makes pass it on.
        """
        return self._request.meta

    @property
    def for_call(self) -> int | str | None:
        """The id of the call of ours in whose handler this one was made."""
        return self._request.for_call

    def check(self) -> None:
        """Raises `CancelledError` if the call was cancelled."""
        if self._request.cancelled:
            raise CancelledError

    def wait(self, seconds: float | None = None) -> bool:
        """Sleeps, at most until the call is cancelled; returns whether it was.

        Other calls are answered meanwhile. For coroutines, there is `asyncio.sleep`.
        """
        return self._request.wait(seconds)

    def progress(self, value: P) -> None:
        """Reports how far the call is.

        Never waits: a report is dropped while too much output is waiting.
        """
        self._request.send_progress(value)

    @property
    def peer(self) -> C_co:
        """The other side. Calls made through it are cancelled with this one.

        In coroutines, they are awaited.
        """
        return cast("C_co", self._request.client())
