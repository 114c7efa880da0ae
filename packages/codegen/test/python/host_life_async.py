"""A host on asyncio, for host.test.ts. It prints what the test looks at."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from collections.abc import AsyncGenerator, Awaitable
from pathlib import Path
from typing import NoReturn

from generated import conversation as c
from generated import conversation_host as h
from generated import simple_ipc as ipc
from generated.simple_ipc.host import Options, StartError
from host_exits import ExitingCoroutines, Exits

Context = ipc.Context[NoReturn, h.AsyncChildClient]
EXITING: dict[str, type[h.HostHandlers[h.AsyncChildClient]]] = {
    "plain": Exits[h.AsyncChildClient],
    "coroutines": ExitingCoroutines[h.AsyncChildClient],
}
CHILD = [sys.executable, str(Path(__file__).with_name("conversation_child.py"))]


class Handlers(h.HostHandlers[h.AsyncChildClient]):
    """Answers the child; all of it runs on the event loop."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[str] = asyncio.Queue()
        self.threads: set[int] = set()

    async def nest(self, params: c.HostNestParams, context: Context) -> int:
        self.threads.add(threading.get_ident())
        if params.depth == 0:
            return 0
        return 1 + await context.peer.nest(c.NestParams(depth=params.depth - 1))

    async def numbers(
        self, params: c.NumbersParams, context: Context
    ) -> AsyncGenerator[int | ipc.Result[int], None]:
        for n in range(params.to):
            yield n
        yield ipc.Result(1000)

    async def log(self, params: c.LogParams) -> None:
        self.threads.add(threading.get_ident())
        await self.heard.put(params.text)


async def outcome(work: Awaitable[object]) -> object:
    try:
        return await work
    except ipc.RpcError as error:
        return error.code
    except asyncio.TimeoutError:
        return "asyncio.TimeoutError"


async def calls() -> object:
    handlers = Handlers()
    told: list[object] = []
    async with h.spawn_async(CHILD, handlers) as client:
        told.append(sum(await asyncio.gather(*(client.add((n, 1)) for n in range(1000)))))
        told.append(await client.nest(c.NestParams(depth=6)))
        told.append(await client.sum(c.SumParams(to=4)))
        slow = c.SlowParams(seconds=600)
        task = asyncio.create_task(client.slow(slow))
        await client.ping()
        task.cancel()
        told.append((await asyncio.gather(task, return_exceptions=True))[0].__class__.__name__)
        told.append(await handlers.heard.get())
        told.append(await outcome(asyncio.wait_for(client.slow(slow), 0.1)))
        told.append(await handlers.heard.get())
        told.append(await outcome(client.slow(slow, timeout=0.1)))
        told.append(await outcome(client.slow(slow, idle_timeout=0.1)))
        told.append([await handlers.heard.get() for _ in range(2)])
        items = client.count(c.CountParams(to=1_000_000))
        async for item in items:
            if item.n == 5:
                break
        told.append(await handlers.heard.get())
        told.append(await outcome(items.result()))
        progress: list[int] = []
        run = client.count(c.CountParams(to=250), on_progress=progress.append)
        told.append([len([item async for item in run]), await run.result(), progress])
        told.append(await outcome(client.add((1, "x"))))  # type: ignore[arg-type]
        told.append(handlers.threads == {threading.get_ident()})
    told.append(await outcome(client.add((1, 1))))
    told.append([thread.name for thread in threading.enumerate()][1:])
    return told


async def failure(work: Awaitable[object]) -> object:
    try:
        return await work
    except ipc.RpcError as error:
        return {"code": error.code, "message": error.message}


async def exits() -> object:
    handlers = EXITING[sys.argv[2]]()
    options = Options(stderr="ignore")
    async with h.spawn_async(CHILD, handlers, options) as client:
        return [
            await failure(client.nest(c.NestParams(depth=1))),
            await failure(client.sum(c.SumParams(to=1))),
            await failure(client.slow(c.SlowParams(seconds=0))),
            await failure(client.nest(c.NestParams(depth=1))),
        ]


async def debugged() -> object:
    slow = c.SlowParams(seconds=0.3)
    async with h.spawn_async(CHILD, Handlers(), Options(debug=True)) as client:
        items = client.count(c.CountParams(to=2), timeout=0)
        return [
            await client.slow(slow, timeout=0.01),
            await client.slow(slow, idle_timeout=0.01),
            [item.n async for item in items],
        ]


async def deaf() -> object:
    """A child that reads nothing does not hold the event loop up."""
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    ticking = asyncio.create_task(tick())
    options = Options(verify=False, input_grace=0.1)
    async with h.spawn_async(["sleep", "600"], Handlers(), options) as client:
        text = "x" * 5_000_000
        told = [await outcome(client.echo(c.EchoParams(text=text), timeout=0.2))]

        async def flood() -> None:
            for _ in range(100):
                await client.tell(c.TellParams(text="x" * 100_000))

        told.append(await outcome(asyncio.wait_for(flood(), 0.2)))
    ticking.cancel()
    try:
        h.spawn_async(["no-such-program"], Handlers())
    except StartError as error:
        told.append(error.code)
    return [*told, ticks > 10]


async def ends() -> object:
    """The program ends without a stop."""
    client = h.spawn_async(CHILD, Handlers())
    await client.add((1, 1))
    print(json.dumps({"pids": [client.program.pid]}), flush=True)
    return None


result = asyncio.run(globals()[sys.argv[1]]())
if result is not None:
    print(json.dumps(result))
