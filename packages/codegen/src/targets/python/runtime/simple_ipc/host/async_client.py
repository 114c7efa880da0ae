"""The client of a host, for coroutines."""

from __future__ import annotations

import threading
import time
from functools import partial
from typing import TYPE_CHECKING

from ..peer.async_call import Arrivals, AsyncLink
from ..peer.async_stream import finish_async
from ..raised import AnyRaised
from ..values.maps import anything
from ..values.scalars import ignored

if TYPE_CHECKING:
    # For type checkers, which know it by themselves: typing has Self from 3.11 on.
    import typing_extensions

    from ..peer.link import Link
    from ..process.exit_report import ExitReport
    from ..process.program import Program
    from .session import Session


class AsyncClient:
    """A child program, for coroutines: calls and handlers live on one event loop.

    Leaving an `async with` block stops the program.
    """

    def __init__(self, link: Link, session: Session) -> None:
        self._arrivals = Arrivals()
        output = session.program.input
        self._link = AsyncLink(link, self._arrivals, output)
        # For what need not wait until the program has started.
        early = session.link(is_held=False)
        self._early = AsyncLink(early, self._arrivals, output)
        self._session = session

    @property
    def program(self) -> Program:
        """The process: its id, whether it is running, how it exited."""
        return self._session.program

    @property
    def buffered_amount(self) -> int:
        """How many bytes wait for the program to read them, or for its start. Above
        `max_queued_bytes` calls and notifications fail with `QUEUE_FULL`.
        """
        return self._session.caller.buffered_amount

    async def drained(self) -> None:
        """Waits until the pipe to the program has taken all of it, or the program has
        ended.
        """
        self._arrivals.check()
        session = self._session
        for when in (session.caller.when_open, session.program.input.when_empty):
            taken = self._arrivals.event()
            when(partial(self._arrivals.wake, taken))
            await taken.wait()

    def exit_report(self) -> ExitReport:
        """How the program ended, or how it is doing."""
        return self._session.exit_report()

    async def ping(self) -> float:
        """Seconds until the program answered: its protocol loop is alive, even if its
        handlers are busy.
        """
        begun = time.monotonic()
        await finish_async(self._early.start("rpc.ping", None, ignored), ignored)
        return time.monotonic() - begun

    async def discover(self) -> object:
        """The program's own contract, as an OpenRPC document."""
        call = self._early.start("rpc.discover", None, ignored)
        return await finish_async(call, anything)

    async def send_plain_line(self, text: str) -> None:
        """Sends a plain line, which is not a message."""
        await self._link.send_line(text)

    async def stop(
        self,
        *,
        drain: float = 0,
        input_grace: float | None = None,
        term_grace: float | None = None,
    ) -> None:
        """Ends the program: closes its input, then SIGTERM, then SIGKILL to its group.

        Every call settles; with `drain`, calls in flight get this many seconds to end
        first. Returns when no process of the group is alive.
        """
        self._arrivals.check()
        stopped = self._arrivals.event()
        failures: list[BaseException] = []

        def stop() -> None:
            try:
                self._session.stop(
                    drain=drain, input_grace=input_grace, term_grace=term_grace
                )
            except AnyRaised as failure:
                failures.append(failure)
            self._arrivals.wake(stopped)

        thread = threading.Thread(target=stop, name="simple-ipc-stop", daemon=True)
        thread.start()
        await stopped.wait()
        thread.join()
        for failure in failures:
            raise failure

    async def __aenter__(self) -> typing_extensions.Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
