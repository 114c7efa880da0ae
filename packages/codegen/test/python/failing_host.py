"""The host of failures.test.ts, on threads or on asyncio, whose handlers fail as
failing.py says. Its arguments are one or the other, the form of its handlers, and ways
to fail. It prints how the calls that led to them ended, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import NoReturn

from failing import NAMES, fail
from generated import conversation as c
from generated import conversation_host as h
from generated import simple_ipc as ipc
from generated.simple_ipc.host import Options, PeerT

CHILD = [sys.executable, str(Path(__file__).with_name("conversation_child.py"))]
QUIET = Options(stderr="ignore")
WAYS = [NAMES.index(name) for name in sys.argv[3:]]


class Plain(h.HostHandlers[PeerT]):
    def nest(
        self, params: c.HostNestParams, context: ipc.Context[NoReturn, PeerT]
    ) -> int:
        fail(NAMES[params.depth])

    def numbers(
        self, params: c.NumbersParams, context: ipc.Context[NoReturn, PeerT]
    ) -> Generator[int, None, int]:
        yield 0
        fail(NAMES[params.to])
        return 0

    def log(self, params: c.LogParams) -> None:
        fail(sys.argv[3])


class Coroutines(h.HostHandlers[PeerT]):
    async def nest(
        self, params: c.HostNestParams, context: ipc.Context[NoReturn, PeerT]
    ) -> int:
        fail(NAMES[params.depth])

    async def numbers(
        self, params: c.NumbersParams, context: ipc.Context[NoReturn, PeerT]
    ) -> AsyncGenerator[int | ipc.Result[int], None]:
        yield 0
        fail(NAMES[params.to])

    async def log(self, params: c.LogParams) -> None:
        fail(sys.argv[3])


def threads() -> list[str]:
    told: list[str] = []
    form = {"plain": Plain, "coroutines": Coroutines}[sys.argv[2]]
    with h.spawn(CHILD, form[h.ChildClient](), QUIET) as client:
        for way in WAYS:
            try:
                client.nest(c.NestParams(depth=way + 1))
            except ipc.RpcError as error:
                told.append(error.message)
            try:
                client.sum(c.SumParams(to=way))
            except ipc.RpcError as error:
                told.append(error.message)
        # Its handler notifies the host.
        client.slow(c.SlowParams(seconds=0))
    return told


async def coroutines() -> list[str]:
    told: list[str] = []
    form = {"plain": Plain, "coroutines": Coroutines}[sys.argv[2]]
    async with h.spawn_async(CHILD, form[h.AsyncChildClient](), QUIET) as client:
        for way in WAYS:
            try:
                await client.nest(c.NestParams(depth=way + 1))
            except ipc.RpcError as error:
                told.append(error.message)
            try:
                await client.sum(c.SumParams(to=way))
            except ipc.RpcError as error:
                told.append(error.message)
        await client.slow(c.SlowParams(seconds=0))
        # Handlers on an event loop run in its next turn.
        await client.ping()
    return told


if __name__ == "__main__":
    print(
        json.dumps(threads() if sys.argv[1] == "threads" else asyncio.run(coroutines()))
    )
