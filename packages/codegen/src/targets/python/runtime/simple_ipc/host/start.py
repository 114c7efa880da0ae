"""What a host does with each child that it starts, before anything else is sent."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar, cast

from ..errors import RpcError
from ..peer.failure_text import failure_line
from ..raised import AnyRaised
from ..values.nothing_more import NOTHING_MORE

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable, Coroutine

    from ..calls.call import Call

C = TypeVar("C")


class StartOwner:
    """Whoever makes calls that do not wait for the end of the start: `on_start`."""

    id = None
    meta = NOTHING_MORE

    def adopt(self, call: Call) -> None:
        """The session settles them, as it does all others."""


NOT_HELD: Final = StartOwner()


class StartedSession(Protocol):
    """The session whose child is started."""

    def started(self) -> None:
        """Lets all other calls go out."""

    def start_failed(self, failure: BaseException) -> None:
        """Fails all calls, and ends the program."""


class Start(Protocol):
    """A run of `on_start`."""

    def begin(self, session: StartedSession) -> None:
        """Runs it; any thread may call it, once."""

    def cancel(self) -> None:
        """The session is over."""


class ThreadStart(Generic[C]):
    """Runs it in a thread of its own, which ends when it returns."""

    def __init__(self, run: Callable[[C], object], client: Callable[[], C]) -> None:
        self._run = run
        self._client = client

    def begin(self, session: StartedSession) -> None:
        threading.Thread(
            target=self._start, args=(session,), name="simple-ipc-start", daemon=True
        ).start()

    def cancel(self) -> None:
        """A thread cannot be ended; the calls that it waits for are settled."""

    def _start(self, session: StartedSession) -> None:
        try:
            outcome = self._run(self._client())
            if hasattr(outcome, "__await__"):
                if hasattr(outcome, "close"):
                    cast("Coroutine[object, object, object]", outcome).close()
                raise TypeError(
                    "on_start of a client for threads must be a plain function, "
                    "not a coroutine function: that is for spawn_async"
                )
        except AnyRaised as failure:
            session.start_failed(failure)
        else:
            session.started()


class LoopStart(Generic[C]):
    """Runs it as a task of the client's event loop."""

    def __init__(
        self,
        run: Callable[[C], Awaitable[object]],
        client: Callable[[], C],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._run = run
        self._client = client
        self._loop = loop
        # The loop itself holds its tasks weakly.
        self._task: asyncio.Task[None] | None = None
        self._is_cancelled = False

    def begin(self, session: StartedSession) -> None:
        def create() -> None:
            self._task = self._loop.create_task(self._start(session))

        self._later(create)

    def cancel(self) -> None:
        self._is_cancelled = True

        def cancel() -> None:
            if self._task is not None:
                self._task.cancel()

        self._later(cancel)

    def _later(self, function: Callable[[], None]) -> None:
        # A closed loop runs nothing.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(function)

    async def _start(self, session: StartedSession) -> None:
        from asyncio import CancelledError

        try:
            outcome = self._run(self._client())
            if not hasattr(outcome, "__await__"):
                raise TypeError(
                    "on_start of a client for coroutines must be a coroutine function"
                )
            await outcome
        except BaseException as failure:
            if self._is_cancelled and isinstance(failure, CancelledError):
                raise
            session.start_failed(failure)
        else:
            session.started()


def start_failure(method: str, failure: BaseException) -> RpcError:
    """The error of a call that waited for a start which failed."""
    error = RpcError(
        "START_FAILED",
        f"{method} was not sent: on_start failed: {failure_line(failure)}",
        short_message=f"{method} was not sent: the program could not be prepared",
    )
    error.__cause__ = failure
    return error
