"""Starts a child program, for threads or for coroutines."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from .options import Options
from .queues import LoopQueue, ThreadQueue
from .session import Session
from .start import LoopStart, ThreadStart

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from ..contract.contract import Contract, Method, Notification
    from ..peer.link import Link
    from ..process.command import Command
    from .start import Start

C = TypeVar("C")


def spawn(
    contract: Contract,
    methods: Mapping[str, Method],
    notifications: Mapping[str, Notification],
    client: Callable[[Link, Session], C],
    command: Command,
    options: Options | None,
    on_start: Callable[[C], object] | None = None,
) -> C:
    """Starts a program for a client of threads."""
    options = options or Options()
    _check(on_start)

    def start(session: Session) -> Start | None:
        if on_start is None:
            return None
        return ThreadStart(
            on_start, lambda: client(session.link(is_held=False), session)
        )

    session = Session(
        contract,
        methods,
        notifications,
        client,
        command,
        options,
        ThreadQueue(options.threads),
        start=start,
    )
    return client(session.link(), session)


def spawn_async(
    contract: Contract,
    methods: Mapping[str, Method],
    notifications: Mapping[str, Notification],
    client: Callable[[Link, Session], C],
    command: Command,
    options: Options | None,
    on_start: Callable[[C], Awaitable[object]] | None = None,
) -> C:
    """Starts a program for a client of the event loop that is running."""
    import asyncio

    loop = asyncio.get_running_loop()
    queue = LoopQueue(loop)
    _check(on_start)

    def start(session: Session) -> Start | None:
        if on_start is None:
            return None
        return LoopStart(
            on_start, lambda: client(session.link(is_held=False), session), loop
        )

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
        start=start,
    )
    return client(session.link(), session)


def _check(on_start: object) -> None:
    if on_start is not None and not callable(on_start):
        raise TypeError(f"on_start must be a function, not {type(on_start).__name__}")
