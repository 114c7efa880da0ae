"""Starts a child program, for threads or for coroutines."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from .options import Options
from .queues import LoopQueue, ThreadQueue
from .session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..contract.contract import Contract, Method, Notification
    from ..peer.link import Link
    from ..process.command import Command

C = TypeVar("C")


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
