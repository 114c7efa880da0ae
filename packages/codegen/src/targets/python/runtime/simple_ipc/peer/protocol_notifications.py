"""The notifications of the protocol's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..values.kinds import is_array
from ..wire import messages as wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .caller import Caller
    from .inbox import Inbox
    from .running_requests import RunningRequests


class ProtocolNotifications:
    """Cancels, credit, items and progress: those of unknown calls are late, and mean
    nothing.
    """

    def __init__(self, running: RunningRequests, caller: Caller, inbox: Inbox) -> None:
        self._running = running
        self._caller = caller
        self._inbox = inbox

    def take(self, name: str, params: Mapping[str, object], size: int) -> None:
        """Acts on one. It runs on the reading thread, and never waits."""
        if name == "$/items":
            self._items(params, size)
        elif name == "$/progress":
            self._progress(params)
        elif name == "$/credit":
            request = self._running.get(wire.message_id(params.get("id")))
            items = wire.message_id(params.get("items"))
            if request is not None and isinstance(items, int) and items > 0:
                request.credit(items)
        elif name == "$/cancelRequest":
            request = self._running.get(wire.message_id(params.get("id")))
            if request is not None:
                request.cancel()

    def _items(self, params: Mapping[str, object], size: int) -> None:
        call = self._caller.pending(wire.message_id(params.get("id")))
        values = params.get("values")
        if call is not None and is_array(values) and values:
            self._inbox.in_order(lambda: call.post_items(values, size))

    def _progress(self, params: Mapping[str, object]) -> None:
        call = self._caller.pending(wire.message_id(params.get("token")))
        if call is not None:
            value = params.get("value")
            self._inbox.in_order(lambda: call.post_progress(value))
