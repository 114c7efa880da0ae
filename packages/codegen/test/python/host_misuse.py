"""A host that is used as it cannot be, for host-misuse.test.ts. Its first argument says
how.
"""

from __future__ import annotations

import asyncio
import json
import math
import os
import sys
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Any, NoReturn

from generated import conversation as c
from generated import conversation_host as h
from generated import simple_ipc as ipc
from generated.simple_ipc.host import Options

CHILD = [sys.executable, str(Path(__file__).with_name("conversation_child.py"))]


class Handlers(h.HostHandlers[Any]):
    """Answers with coroutines, which call the child as they must not."""

    async def nest(
        self, params: c.HostNestParams, context: ipc.Context[NoReturn, Any]
    ) -> int:
        heard.append(said(lambda: context.peer.nothing()))
        heard.append(said(lambda: context.peer.count(c.CountParams(to=1))))
        await asyncio.to_thread(context.peer.nothing)
        return 0

    async def numbers(
        self, params: c.NumbersParams, context: ipc.Context[NoReturn, Any]
    ) -> AsyncGenerator[int | ipc.Result[int], None]:
        yield ipc.Result(1)


heard: list[object] = []


def said(run: Callable[[], object]) -> object:
    try:
        return run()
    except (ipc.RpcError, RuntimeError, TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}".partition("\n")[0]


async def said_by(run: Callable[[], Awaitable[object]]) -> object:
    try:
        return await run()
    except (ipc.RpcError, RuntimeError, TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}".partition("\n")[0]


async def _started() -> h.AsyncChildClient:
    client = h.spawn_async(CHILD, Handlers())
    await client.nothing()
    return client


def elsewhere() -> object:
    """A client of one event loop on another; and from a thread that has none."""
    first = asyncio.new_event_loop()
    client = first.run_until_complete(_started())
    streams = [client.count(c.CountParams(to=1))]
    calls = [client.slow(c.SlowParams(seconds=600))]

    async def other() -> object:
        return [
            await said_by(lambda: client.nothing()),
            await said_by(lambda: client.tell(c.TellParams(text=""))),
            await said_by(lambda: client.send_plain_line("")),
            await said_by(lambda: client.ping()),
            await said_by(lambda: client.stop()),
            await said_by(lambda: calls[0]),
            await said_by(lambda: streams[0].result()),
        ]

    told = asyncio.run(other())
    threading.Thread(
        target=lambda: heard.append(
            asyncio.run_coroutine_threadsafe(client.add((1, 2)), first).result()
        )
    ).start()

    async def rest() -> None:
        while not heard:
            await asyncio.sleep(0.01)
        await client.stop()

    first.run_until_complete(rest())
    first.close()
    return [told, heard]


def own_loop() -> object:
    """A blocking call in a coroutine that runs on the loop of the host's handlers."""
    with h.spawn(CHILD, Handlers()) as client:
        client.nest(c.NestParams(depth=1))
    return heard


def copied() -> object:
    """In a copy of the process that fork makes; the child is the parent's."""
    source, sink = os.pipe()
    with h.spawn(CHILD, Handlers()) as client:
        client.nothing()
        copy = os.fork()
        if copy == 0:
            told = [
                said(lambda: client.nothing()),
                said(lambda: client.tell(c.TellParams(text=""))),
                said(lambda: client.send_plain_line("")),
                said(lambda: client.ping()),
                client.program.wait_for_exit(),
            ]
            client.stop()
            os.write(sink, json.dumps(told).encode())
            os._exit(0)
        os.waitpid(copy, 0)
        return [json.loads(os.read(source, 100_000)), client.add((1, 2))]


def durations() -> object:
    told: list[object] = []
    limits: list[Any] = [math.inf, 1e300, 10**400, 2**31, math.nan, -1, "1", True]
    with h.spawn(CHILD, Handlers()) as client:
        for limit in limits:
            ways: list[Callable[[], object]] = [
                lambda: client.add((1, 2), timeout=limit),
                lambda: client.add((1, 2), idle_timeout=limit),
                lambda: client.count(c.CountParams(to=1), timeout=limit).result(),
                lambda: client.ping(timeout=limit) < 600,
                lambda: Options(start_timeout=limit).verify,
                lambda: Options(input_grace=limit).verify,
                lambda: Options(term_grace=limit).verify,
            ]
            if limit in ("1", -1, 1) or limit != limit:
                ways.append(lambda: client.stop(drain=limit))
                ways.append(lambda: client.stop(input_grace=limit))
                ways.append(lambda: client.stop(term_grace=limit))
            told.append([said(way) for way in ways])
        told.append(client.exit_report().in_flight)
        # In a handler.
        told += [
            said(lambda: client.slow(c.SlowParams(seconds=1e300), timeout=0.5)),
            client.add((1, 2)),
        ]
    for limit in limits[:4]:
        options = Options(input_grace=limit, term_grace=limit, start_timeout=limit)
        with h.spawn(CHILD, Handlers(), options) as client:
            client.nothing()
        with h.spawn(CHILD, Handlers()) as client:
            client.nothing()
            client.stop(drain=limit, input_grace=limit, term_grace=limit)
    return told


def durations_async() -> object:
    async def run() -> object:
        client = await _started()
        told = [
            await said_by(lambda: client.add((1, 2), timeout=math.inf)),
            await said_by(lambda: client.add((1, 2), timeout=1e300)),
            await said_by(lambda: client.add((1, 2), timeout=math.nan)),
            await said_by(lambda: client.count(c.CountParams(to=1), timeout=-1).result()),
            client.exit_report().in_flight,
        ]
        await client.stop(drain=math.inf)
        return told

    return asyncio.run(run())


def unstarted() -> object:
    """Tasks that are cancelled, closed or dropped before their first step."""
    slow = c.SlowParams(seconds=600)

    async def run() -> object:
        client = await _started()
        told: list[object] = []

        async def way(name: str, end: Callable[[], Awaitable[object]]) -> None:
            try:
                await asyncio.wait_for(end(), 60)
            except (asyncio.CancelledError, asyncio.TimeoutError):
                pass
            await asyncio.sleep(0)
            in_flight = client.exit_report().in_flight
            # The child runs one handler at a time: it was told, too.
            told.append([name, in_flight, await client.add((1, 2), timeout=60)])

        async def cancelled() -> None:
            task = asyncio.ensure_future(client.slow(slow))
            task.cancel()
            await asyncio.wait([task])

        async def no_time() -> None:
            await asyncio.wait_for(client.slow(slow), 0)

        async def closed() -> None:
            client.slow(slow).close()

        async def result() -> None:
            stream = client.count(c.CountParams(to=1_000_000))
            stream.result().close()

        async def item() -> None:
            stream = client.count(c.CountParams(to=1_000_000))
            items = aiter_of(stream)
            task: asyncio.Future[object] = asyncio.ensure_future(items.__anext__())
            task.cancel()
            await asyncio.wait([task])

        async def dropped() -> None:
            aiter_of(client.count(c.CountParams(to=1_000_000)))

        for end in (cancelled, no_time, closed, result, item, dropped):
            await way(end.__name__, end)
        await client.stop()
        return told

    return asyncio.run(run())


def aiter_of(stream: Any) -> Any:
    return stream.__aiter__()


print(json.dumps(globals()[sys.argv[1]]()))
