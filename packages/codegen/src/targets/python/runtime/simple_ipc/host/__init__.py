"""The host's side: starts a child program and calls it, with or without asyncio.

A child in Python does not import this module.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, TypeVar

from ..calls.calls import Stream, finish
from ..calls.cancel_event import CancelEvent
from ..process.command import Command
from ..process.exit_report import Exit, ExitReport, WorkerExitedError
from ..process.start_error import StartError
from ..values.maps import anything
from ..values.scalars import ignored
from .async_calls import Answer, Arrivals, AsyncLink, AsyncStream
from .async_calls import finish as finish_async
from .queues import LoopQueue, ThreadQueue
from .session import Options, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    # For type checkers, which know it by themselves: typing has it from 3.11 on.
    from typing_extensions import Self

    from ..contract.contract import Contract, Method, Notification
    from ..peer.link import Link
    from ..process.program import Program

__all__ = [
    "Answer",
    "AsyncClient",
    "AsyncStream",
    "CancelEvent",
    "Client",
    "Command",
    "Exit",
    "ExitReport",
    "Options",
    "PeerT",
    "StartError",
    "Stream",
    "WorkerExitedError",
    "finish",
    "finish_async",
    "spawn",
    "spawn_async",
]

PeerT = TypeVar("PeerT")
"""The client through which the handlers of a host call its child."""

C = TypeVar("C")


class Client:
    """A child program, for threads: each call waits for its answer.

    Any number of threads may call at once. Leaving a `with` block stops the program.
    """

    def __init__(self, link: Link, session: Session) -> None:
        self._link = link
        self._session = session

    @property
    def program(self) -> Program:
        """The process below: its number, whether it runs, its exit."""
        return self._session.program

    def exit_report(self) -> ExitReport:
        """How the program ended, or how it is doing."""
        return self._session.exit_report()

    def ping(self, timeout: float | None = None) -> float:
        """Seconds until the program's protocol loop answered: it is not dead, even if
        its handlers are busy.
        """
        begun = time.monotonic()
        call = self._link.start("rpc.ping", None, ignored)
        finish(call, ignored, timeout=timeout)
        return time.monotonic() - begun

    def discover(self) -> object:
        """The program's own contract, as an OpenRPC document."""
        return finish(self._link.start("rpc.discover", None, ignored), anything)

    def send_plain_line(self, text: str) -> None:
        """Sends a line that is no message."""
        self._link.send_line(text)

    def stop(
        self,
        *,
        drain: float = 0,
        input_grace: float | None = None,
        term_grace: float | None = None,
    ) -> None:
        """Ends the program: closes its input, then SIGTERM, then SIGKILL to its group.

        Every call settles. With `drain` calls in flight have so many seconds to end
        first. Returns when no process of the group is alive.
        """
        self._session.stop(drain=drain, input_grace=input_grace, term_grace=term_grace)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class AsyncClient:
    """A child program, for coroutines: calls and handlers live on one event loop.

    Leaving an `async with` block stops the program.
    """

    def __init__(self, link: Link, session: Session) -> None:
        self._arrivals = Arrivals()
        self._link = AsyncLink(link, self._arrivals, session.program.input)
        self._session = session

    @property
    def program(self) -> Program:
        """The process below: its number, whether it runs, its exit."""
        return self._session.program

    def exit_report(self) -> ExitReport:
        """How the program ended, or how it is doing."""
        return self._session.exit_report()

    async def ping(self) -> float:
        """Seconds until the program's protocol loop answered: it is not dead, even if
        its handlers are busy.
        """
        begun = time.monotonic()
        await finish_async(self._link.start("rpc.ping", None, ignored), ignored)
        return time.monotonic() - begun

    async def discover(self) -> object:
        """The program's own contract, as an OpenRPC document."""
        call = self._link.start("rpc.discover", None, ignored)
        return await finish_async(call, anything)

    async def send_plain_line(self, text: str) -> None:
        """Sends a line that is no message."""
        await self._link.send_line(text)

    async def stop(
        self,
        *,
        drain: float = 0,
        input_grace: float | None = None,
        term_grace: float | None = None,
    ) -> None:
        """Ends the program: closes its input, then SIGTERM, then SIGKILL to its group.

        Every call settles. With `drain` calls in flight have so many seconds to end
        first. Returns when no process of the group is alive.
        """
        stopped = self._arrivals.event()
        failures: list[BaseException] = []

        def stop() -> None:
            try:
                self._session.stop(
                    drain=drain, input_grace=input_grace, term_grace=term_grace
                )
            except BaseException as failure:
                failures.append(failure)
            self._arrivals.wake(stopped)

        thread = threading.Thread(target=stop, name="simple-ipc-stop", daemon=True)
        thread.start()
        await stopped.wait()
        thread.join()
        for failure in failures:
            raise failure

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()


def spawn(
    contract: Contract,
    methods: Mapping[str, Method],
    notifications: Mapping[str, Notification],
    client: Callable[[Link, Session], C],
    command: Command,
    options: Options | None,
) -> C:
    """Starts a program for a client of threads."""
    options = options or Options()
    session = Session(
        contract,
        methods,
        notifications,
        client,
        command,
        options,
        ThreadQueue(options.threads),
    )
    return client(session.link(), session)


def spawn_async(
    contract: Contract,
    methods: Mapping[str, Method],
    notifications: Mapping[str, Notification],
    client: Callable[[Link, Session], C],
    command: Command,
    options: Options | None,
) -> C:
    """Starts a program for a client of the event loop that is running."""
    import asyncio

    loop = asyncio.get_running_loop()
    queue = LoopQueue(loop)
    session = Session(
        contract,
        methods,
        notifications,
        client,
        command,
        options or Options(),
        queue,
        running=loop,
        later=queue.later,
    )
    return client(session.link(), session)
