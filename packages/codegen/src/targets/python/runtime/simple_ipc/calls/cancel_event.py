"""An event that ends calls."""

from __future__ import annotations

import threading
from typing import Protocol


class Cancellable(Protocol):
    """A call, which the event cancels when it is set."""

    def cancel(self) -> None: ...


class CancelEvent(threading.Event):
    """An event that cancels, when it is set, the calls that were made with it.

    Any thread may set it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._calls: set[Cancellable] = set()
        self._guard = threading.Lock()

    def set(self) -> None:
        """Cancels the calls; later ones are cancelled at once."""
        super().set()
        with self._guard:
            calls = list(self._calls)
            self._calls.clear()
        for call in calls:
            call.cancel()

    def watch(self, call: Cancellable) -> None:
        """Cancels the call when the event is set, or now if it is."""
        with self._guard:
            is_late = self.is_set()
            if not is_late:
                self._calls.add(call)
        if is_late:
            call.cancel()

    def forget(self, call: Cancellable) -> None:
        with self._guard:
            self._calls.discard(call)
