"""A host that gets its child ready before others call it, for host-start.test.ts: on
threads, or on asyncio. Its first argument says what it does.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Any, NoReturn

from generated import conversation as c
from generated import conversation_host as h
from generated import simple_ipc as ipc
from generated.simple_ipc.host import Options

CHILD = [sys.executable, str(Path(__file__).with_name("conversation_child.py"))]
# Says on stderr what it is asked, and answers with an error.
ASKED = """import json, sys
for line in sys.stdin:
    message = json.loads(line)
    print(message["method"], file=sys.stderr, flush=True)
    if "id" in message:
        error = {"code": -32601, "message": "no"}
        print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "error": error}), flush=True)
"""


class Handlers(h.HostHandlers[h.ChildClient]):
    """Answers the child, which is called for that."""

    def nest(
        self, params: c.HostNestParams, context: ipc.Context[NoReturn, h.ChildClient]
    ) -> int:
        context.peer.tell(c.TellParams(text="from a handler"))
        if params.depth == 0:
            return 0
        return 1 + context.peer.nest(c.NestParams(depth=params.depth - 1))

    async def numbers(
        self, params: c.NumbersParams, context: ipc.Context[NoReturn, h.ChildClient]
    ) -> AsyncGenerator[int | ipc.Result[int], None]:
        yield ipc.Result(params.to)


class AsyncHandlers(h.HostHandlers[h.AsyncChildClient]):
    """The same on an event loop."""

    async def nest(
        self, params: c.HostNestParams, context: ipc.Context[NoReturn, h.AsyncChildClient]
    ) -> int:
        await context.peer.tell(c.TellParams(text="from a handler"))
        if params.depth == 0:
            return 0
        return 1 + await context.peer.nest(c.NestParams(depth=params.depth - 1))

    async def numbers(
        self, params: c.NumbersParams, context: ipc.Context[NoReturn, h.AsyncChildClient]
    ) -> AsyncGenerator[int | ipc.Result[int], None]:
        yield ipc.Result(params.to)


def described(error: ipc.RpcError) -> object:
    cause = error.__cause__
    return {
        "code": error.code,
        "message": error.message.partition("\n")[0],
        "cause": None if cause is None else type(cause).__name__,
    }


def outcome(run: Callable[[], object]) -> object:
    try:
        return run()
    except ipc.RpcError as error:
        return described(error)


async def outcome_of(work: Awaitable[object]) -> object:
    try:
        return await work
    except ipc.RpcError as error:
        return described(error)


# ---- threads -------------------------------------------------------------------------


def order() -> object:
    """A call that was made first is sent last."""
    is_called = threading.Event()

    def ready(child: h.ChildClient) -> None:
        is_called.wait()
        child.tell(c.TellParams(text="first"))
        child.echo(c.EchoParams(text=""))
        child.nest(c.NestParams(depth=4))

    with h.spawn(CHILD, Handlers(), on_start=ready) as client:
        client.tell(c.TellParams(text="second"))
        is_called.set()
        return client.told()


def asked() -> object:
    """The contract comes first, then `on_start`, then the others."""
    said: list[str] = []

    def ready(child: h.ChildClient) -> None:
        outcome(lambda: child.nothing())

    options = Options(stderr=said.append)
    command = [sys.executable, "-c", ASKED]
    with h.spawn(command, Handlers(), options, on_start=ready) as client:
        outcome(lambda: client.echo(c.EchoParams(text="")))
    return said


def _broken(child: h.ChildClient) -> object:
    nothing: dict[str, int] = {}
    return nothing["b"]


def _refused(child: h.ChildClient) -> object:
    return child.fail(c.FailParams(how="declared"))


def _dying(child: h.ChildClient) -> None:
    child.quit(c.QuitParams(code=3, text="no model"))


async def _coroutine(child: h.ChildClient) -> None:
    """It belongs to the other kind of client."""


def _exiting(child: h.ChildClient) -> object:
    sys.exit(3)


def fails() -> object:
    told: list[object] = []
    ways: list[Callable[[h.ChildClient], object]] = [
        _broken, _refused, _dying, _coroutine, _exiting,
    ]  # fmt: skip
    for way in ways:
        options = Options(stderr="ignore")
        client = h.spawn(CHILD, Handlers(), options, on_start=way)
        told.append(outcome(lambda: client.add((1, 2))))
        client.program.wait_for_end()
        told.append(client.program.is_running)
    return told


def unheard() -> object:
    """It fails when nobody has called."""
    client = h.spawn(CHILD, Handlers(), on_start=_broken)
    client.program.wait_for_end()
    return outcome(lambda: client.add((1, 2)))


def stopped() -> object:
    started = threading.Event()

    def ready(child: h.ChildClient) -> None:
        started.set()
        child.slow(c.SlowParams(seconds=600))

    client = h.spawn(CHILD, Handlers(), on_start=ready)
    calls = [threading.Thread(target=lambda: told.append(outcome(client.counted)))]
    told: list[object] = []
    for call in calls:
        call.start()
    started.wait()
    while "slow" not in client.exit_report().in_flight:
        time.sleep(0.01)
    client.stop(drain=0.1)
    for call in calls:
        call.join()
    return told


# ---- coroutines ----------------------------------------------------------------------


async def order_async() -> object:
    is_called = asyncio.Event()

    async def ready(child: h.AsyncChildClient) -> None:
        await is_called.wait()
        await child.tell(c.TellParams(text="first"))
        await child.echo(c.EchoParams(text=""))
        await child.nest(c.NestParams(depth=4))

    async with h.spawn_async(CHILD, AsyncHandlers(), on_start=ready) as client:
        await client.tell(c.TellParams(text="second"))
        is_called.set()
        return await client.told()


async def _broken_async(child: h.AsyncChildClient) -> object:
    nothing: dict[str, int] = {}
    return nothing["b"]


async def _refused_async(child: h.AsyncChildClient) -> object:
    return await child.fail(c.FailParams(how="declared"))


async def _dying_async(child: h.AsyncChildClient) -> None:
    await child.quit(c.QuitParams(code=3, text="no model"))


def _plain(child: h.AsyncChildClient) -> None:
    """It belongs to the other kind of client."""


async def _exiting_async(child: h.AsyncChildClient) -> object:
    sys.exit(3)


async def fails_async() -> object:
    told: list[object] = []
    plain: Any = _plain
    ways: list[Callable[[h.AsyncChildClient], Awaitable[object]]] = [
        _broken_async, _refused_async, _dying_async, plain, _exiting_async,
    ]  # fmt: skip
    for way in ways:
        options = Options(stderr="ignore")
        client = h.spawn_async(CHILD, AsyncHandlers(), options, on_start=way)
        told.append(await outcome_of(client.add((1, 2))))
        await asyncio.to_thread(client.program.wait_for_end)
        told.append(client.program.is_running)
    return told


async def unheard_async() -> object:
    client = h.spawn_async(CHILD, AsyncHandlers(), on_start=_broken_async)
    await asyncio.to_thread(client.program.wait_for_end)
    return await outcome_of(client.add((1, 2)))


async def stopped_async() -> object:
    cancelled: list[str] = []

    async def ready(child: h.AsyncChildClient) -> None:
        try:
            await asyncio.sleep(600)
        except asyncio.CancelledError:
            cancelled.append("cancelled")
            raise

    client = h.spawn_async(CHILD, AsyncHandlers(), on_start=ready)
    call = asyncio.create_task(outcome_of(client.counted()))
    await client.ping()
    await client.stop()
    await asyncio.sleep(0)
    return [await call, *cancelled]


name = sys.argv[1]
run = globals()[name]
print(json.dumps(asyncio.run(run()) if name.endswith("_async") else run()))
