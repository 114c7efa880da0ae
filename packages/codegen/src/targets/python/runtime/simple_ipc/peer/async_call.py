"""Calls to the other side that coroutines wait for."""

from __future__ import annotations

import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, TypeVar

from ..calls.call import Call
from ..errors import RpcError
from ..values.nothing_more import NOTHING_MORE

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping, Sequence

    from ..calls.remote_error import ErrorReader
    from ..calls.timeouts import Timeouts
    from .link import Link

T = TypeVar("T")


class Arrivals:
    """Wakes coroutines of the running event loop when something arrives: many in one
    iteration.
    """

    def __init__(self) -> None:
        # Takes longer to load than everything else; blocking clients do not need it.
        import asyncio

        self.event = asyncio.Event
        self.loop = asyncio.get_running_loop()
        self._woken: deque[asyncio.Event] = deque()
        self._is_scheduled = False

    def check(self) -> None:
        """Raises RuntimeError on another event loop, whose coroutines nothing would
        wake.
        """
        from asyncio import get_running_loop

        try:
            running = get_running_loop()
        except RuntimeError:
            # A thread that makes a call for the loop to wait for.
            return
        if running is not self.loop:
            raise RuntimeError(
                "This client belongs to the event loop on which spawn_async was "
                "called: use it there, or start another program on this loop"
            )

    def wake(self, event: asyncio.Event) -> None:
        """Any thread may call it."""
        self._woken.append(event)
        if not self._is_scheduled:
            self._is_scheduled = True
            try:
                self.loop.call_soon_threadsafe(self._run)
            except RuntimeError:
                # The loop is closed: no coroutine is waiting.
                self._woken.clear()

    def _run(self) -> None:
        self._is_scheduled = False
        while self._woken:
            self._woken.popleft().set()


class AsyncCall:
    """A pending call that a coroutine waits for."""

    def __init__(self, call: Call, arrivals: Arrivals) -> None:
        self.call = call
        self._arrivals = arrivals
        self._loop = arrivals.loop
        self._arrived = arrivals.event()
        call.on_arrival = lambda: arrivals.wake(self._arrived)

    async def wait(self, timeouts: Timeouts, *, for_items: bool = True) -> None:
        """Waits for the next thing to arrive; cancels the call when it is too late.

        Items that nobody has read yet do not end a wait that is not `for_items`.
        """
        call = self.call
        if not call.has_news(for_items=for_items):
            self._arrivals.check()
        while not call.has_news(for_items=for_items):
            self._arrived.clear()
            if call.has_news(for_items=for_items):
                return
            look = call.next_look(timeouts)
            if look is None:
                await self._arrived.wait()
                continue
            timer = self._loop.call_later(
                max(0, look - time.monotonic()), self._arrived.set
            )
            try:
                await self._arrived.wait()
            finally:
                timer.cancel()
            if not call.has_news(for_items=for_items):
                error = call.lateness(timeouts)
                if error is not None:
                    call.cancel(error)

    def cancel_later(self) -> None:
        """Cancels the call: for finalizers, which may run while any lock is held."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self.call.cancel)


class _Unsent:
    """The connection of a call that was never sent."""

    ignores_timeouts = False

    def send_credit(self, number: int, items: int) -> None:
        pass

    def abandon(self, call: Call) -> None:
        pass

    def when_late(self, call: Call) -> str:
        del call
        return "it was not sent"

    def instead(self) -> str:
        return ""

    def has_unread(self) -> bool:
        return False

    def misfit(self, message: str, value: object) -> None:
        pass

    def wait(self, call: Call, deadline: float | None, *, for_items: bool) -> bool:
        del deadline, for_items
        return call.is_settled


class Room(Protocol):
    """The way out, which may be full."""

    @property
    def is_full(self) -> bool: ...
    def when_room(self, callback: Callable[[], None]) -> None: ...


class AsyncLink:
    """The way to the other side, for coroutines; without `output`, sending waits."""

    def __init__(
        self, link: Link, arrivals: Arrivals, output: Room | None = None
    ) -> None:
        self._link = link
        self._arrivals = arrivals
        self._output = output

    def start(
        self,
        method: str,
        params: T,
        write: Callable[[T, str], object],
        *,
        errors: Sequence[ErrorReader] = (),
        meta: Mapping[str, str] | None = NOTHING_MORE,
    ) -> AsyncCall:
        """Sends a call. One that cannot be sent fails where it is awaited."""
        self._arrivals.check()
        try:
            call = self._link.start(method, params, write, errors=errors, meta=meta)
        except RpcError as failure:
            call = Call(_Unsent(), 0, method)
            call.post_error(failure)
        return AsyncCall(call, self._arrivals)

    async def notify(
        self,
        name: str,
        params: T,
        write: Callable[[T, str], object],
        *,
        meta: Mapping[str, str] | None = NOTHING_MORE,
    ) -> None:
        """Sends a notification; waits while the other side does not read."""
        self._arrivals.check()
        self._link.notify(name, params, write, meta=meta)
        await self._room()

    async def send_line(self, text: str) -> None:
        """Sends a plain line, which is not a message."""
        self._arrivals.check()
        self._link.send_line(text)
        await self._room()

    async def _room(self) -> None:
        output = self._output
        if output is not None and output.is_full:
            room = self._arrivals.event()
            output.when_room(lambda: self._arrivals.wake(room))
            await room.wait()
