"""A host whose calls fail, for host-traces.test.ts: on threads, or on asyncio, as its
argument says. It prints the functions that each error's traceback goes through, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NoReturn

from generated import conversation as c
from generated import conversation_host as h
from generated import simple_ipc as ipc
from generated.simple_ipc.host import Options, PeerT

CHILD = [sys.executable, str(Path(__file__).with_name("conversation_child.py"))]
QUIET = Options(stderr="ignore")
CRASH = c.FailParams(how="crash")
HALTED = c.CountParams(to=3, fail_at=1)


class Handlers(h.HostHandlers[PeerT]):
    def nest(self, params: c.HostNestParams, context: ipc.Context[NoReturn, PeerT]) -> int:
        return params.depth

    def numbers(
        self, params: c.NumbersParams, context: ipc.Context[NoReturn, PeerT]
    ) -> NoReturn:
        raise NotImplementedError


def through(error: BaseException) -> list[str]:
    """The functions of this file, in the order of the traceback, and how many frames of
    others follow: people look at the end.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame.filename == __file__ for frame in frames]
    behind = ours[::-1].index(True)
    names = [frame.name for frame in frames if frame.filename == __file__]
    return [*names, f"and {behind}"]


def prepare(_: object) -> NoReturn:
    raise LookupError("no model")


def threads() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}

    def expect(name: str, run: Callable[[], object]) -> None:
        try:
            run()
        except ipc.RpcError as error:
            found[name] = through(error)
            cause = error.__cause__
            if cause is not None and through(cause):
                found[f"cause of {name}"] = through(cause)

    with h.spawn(CHILD, Handlers[h.ChildClient](), QUIET) as client:

        def calls() -> None:
            client.fail(CRASH)

        def loops() -> None:
            for _ in stream:
                pass

        def asks_result() -> None:
            stream.result()

        expect("call", calls)
        stream = client.count(HALTED)
        expect("loop", loops)
        expect("result", asks_result)
        expect("result again", asks_result)
    with h.spawn(CHILD, Handlers[h.ChildClient](), QUIET, on_start=prepare) as client:
        expect("start", client.nothing)
    return found


async def coroutines() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}

    async def expect(name: str, run: Callable[[], Awaitable[object]]) -> None:
        try:
            await run()
        except ipc.RpcError as error:
            found[name] = through(error)
            cause = error.__cause__
            if cause is not None and through(cause):
                found[f"cause of {name}"] = through(cause)

    async def prepare_later(_: object) -> None:
        prepare(_)

    async with h.spawn_async(CHILD, Handlers[h.AsyncChildClient](), QUIET) as client:

        async def calls() -> None:
            await client.fail(CRASH)

        async def gathers() -> None:
            await asyncio.gather(calls(), client.add((1, 2)))

        async def waits() -> None:
            await asyncio.wait_for(calls(), 60)

        async def loops() -> None:
            async for _ in stream:
                pass

        async def asks_result() -> None:
            await stream.result()

        await expect("call", calls)
        await expect("gathered", gathers)
        await expect("waited for", waits)
        stream = client.count(HALTED)
        await expect("loop", loops)
        await expect("result", asks_result)
        await expect("result again", asks_result)
    handlers = Handlers[h.AsyncChildClient]()
    async with h.spawn_async(CHILD, handlers, QUIET, on_start=prepare_later) as client:
        await expect("start", lambda: client.nothing())
    return found


print(json.dumps(threads() if sys.argv[1] == "threads" else asyncio.run(coroutines())))
