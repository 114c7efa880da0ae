"""A host whose handlers call back into the child while its own calls wait, for
host-nested.test.ts. Its arguments say on which client, and through what they call back.
It prints what came of it, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

from generated import conversation as c
from generated import conversation_host as h
from generated import simple_ipc as ipc
from generated.simple_ipc.host import PeerT

form, child, way = sys.argv[1:]
CHILD = [sys.executable, str(Path(__file__).with_name(child))]
DEPTH, COUNT = 30, 50
AsyncContext = ipc.Context[NoReturn, h.AsyncChildClient]
Context = ipc.Context[NoReturn, h.ChildClient]


class Numbers(h.HostHandlers[PeerT]):
    """What is not asked for here."""

    def numbers(
        self, params: c.NumbersParams, context: ipc.Context[NoReturn, PeerT]
    ) -> NoReturn:
        raise NotImplementedError


class OnLoop(Numbers[h.AsyncChildClient]):
    """Handlers that are coroutines, on the event loop of the client."""

    client: h.AsyncChildClient

    async def nest(self, params: c.HostNestParams, context: AsyncContext) -> int:
        if params.depth == 0:
            return 0
        peer = context.peer if way == "peer" else self.client
        return 1 + await peer.nest(c.NestParams(depth=params.depth - 1))


class OnThreads(Numbers[h.ChildClient]):
    """Plain handlers, or coroutines on a loop of their own."""

    client: h.ChildClient

    def peer(self, context: Context) -> h.ChildClient:
        return context.peer if way == "peer" else self.client


class Plain(OnThreads):
    def nest(self, params: c.HostNestParams, context: Context) -> int:
        if params.depth == 0:
            return 0
        return 1 + self.peer(context).nest(c.NestParams(depth=params.depth - 1))


class OwnLoop(OnThreads):
    async def nest(self, params: c.HostNestParams, context: Context) -> int:
        if params.depth == 0:
            return 0
        below = c.NestParams(depth=params.depth - 1)
        return 1 + await asyncio.to_thread(self.peer(context).nest, below)


async def coroutines() -> list[int]:
    handlers = OnLoop()
    async with h.spawn_async(CHILD, handlers) as client:
        handlers.client = client
        deep = await client.nest(c.NestParams(depth=DEPTH), timeout=60)
        calls = [client.nest(c.NestParams(depth=n % 4), timeout=60) for n in range(COUNT)]
        return [deep, *await asyncio.gather(*calls)]


def threads(handlers: OnThreads) -> list[int]:
    with h.spawn(CHILD, handlers) as client, ThreadPoolExecutor(COUNT) as pool:
        handlers.client = client

        def nest(depth: int) -> int:
            return client.nest(c.NestParams(depth=depth), timeout=60)

        return [nest(DEPTH), *pool.map(nest, [n % 4 for n in range(COUNT)])]


if form == "asyncio":
    print(json.dumps(asyncio.run(coroutines())))
else:
    print(json.dumps(threads(Plain() if form == "threads" else OwnLoop())))
