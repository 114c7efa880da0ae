"""The requests of the other side that are not answered yet."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ..wire.messages import MessageId
    from .interfaces import SizedRequest
    from .request import Request

_MAX_QUEUED: Final = 100_000
_MAX_QUEUED_BYTES: Final = 256 * 1024 * 1024


class RunningRequests:
    """The table of requests, and how many of them wait for their handler.

    Only the reading thread adds; the thread that answers removes.
    """

    def __init__(self) -> None:
        self._requests: dict[MessageId, Request] = {}
        # One entry for each answer that is being put into the output.
        self._leaving: deque[None] = deque()
        # Counted apart, so that adding needs no lock: added is not yet started.
        self._added = self._added_bytes = 0
        self._started = self._started_bytes = 0

    def __bool__(self) -> bool:
        return bool(self._requests or self._leaving)

    def __contains__(self, call: MessageId | None) -> bool:
        return call in self._requests

    def get(self, call: MessageId | None) -> Request | None:
        """The request with an id, if it is not answered yet."""
        return None if call is None else self._requests.get(call)

    def all(self) -> list[Request]:
        """Those that are there now."""
        return list(self._requests.values())

    @property
    def is_full(self) -> bool:
        """Whether more requests wait than may."""
        return (
            self._added - self._started >= _MAX_QUEUED
            or self._added_bytes - self._started_bytes >= _MAX_QUEUED_BYTES
        )

    def add(self, request: Request) -> None:
        """Takes a request whose id is free."""
        self._added += 1
        self._added_bytes += request.size
        self._requests[request.id] = request

    def started(self, request: SizedRequest) -> None:
        """Notes that a request waits no more; the peer's lock is held."""
        self._started += 1
        self._started_bytes += request.size

    def leave(self, request: SizedRequest) -> None:
        """Frees the id of a request: its answer is ready."""
        self._leaving.append(None)
        self._requests.pop(request.id, None)

    def left(self) -> None:
        """Notes that the answer of one that left was put into the output."""
        self._leaving.pop()
