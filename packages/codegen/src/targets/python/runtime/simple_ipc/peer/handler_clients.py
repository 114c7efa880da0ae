"""The generated clients through which handlers call the other side."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from .link import Link

if TYPE_CHECKING:
    from collections.abc import Callable

    from .async_call import Arrivals, AsyncLink
    from .caller import Caller
    from .interfaces import CallOwner


class HandlerClients:
    """Makes one for coroutines on our event loop, and one that waits anywhere else.

    Without `for_loop`, all of them wait.
    """

    def __init__(
        self,
        caller: Caller,
        waiting: Callable[[Link], object],
        for_loop: Callable[[AsyncLink], object] | None,
    ) -> None:
        self._caller = caller
        self._waiting = waiting
        self._for_loop = for_loop
        self._arrivals: Arrivals | None = None

    def loop_starts(self, thread: int | None) -> None:
        """Notes which thread runs our event loop, and must not wait."""
        if self._for_loop is not None:
            self._caller.loop_thread = thread

    def of(self, owner: CallOwner) -> object:
        """The client for a request whose handler runs in this thread."""
        is_on_loop = self._caller.loop_thread == threading.get_ident()
        if self._for_loop is None or not is_on_loop:
            return self._waiting(Link(self._caller, owner))
        from .async_call import Arrivals, AsyncLink

        self._arrivals = self._arrivals or Arrivals()
        link = Link(self._caller, owner, waits=False)
        return self._for_loop(AsyncLink(link, self._arrivals))
