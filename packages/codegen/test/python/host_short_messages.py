"""A host whose calls fail in every way, for short-messages.test.ts: on threads, or on
asyncio. Its argument is `threads` or `asyncio`. It prints what each error says, as JSON.
"""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
import sys
from collections.abc import Awaitable, Callable
from typing import NoReturn, cast

from generated import conversation as c
from generated import conversation_host as h
from generated import simple_ipc as ipc
from generated.simple_ipc.host import CancelEvent, Options, PeerT

# Answers `echo` with what its text says, and `rpc.contract` as the child of somebody else.
SCRIPT = """import json, os, sys, time
for line in sys.stdin:
    message = json.loads(line)
    method, number = message["method"], message.get("id")
    if method == "rpc.contract":
        answer = {"result": {"hash": "another"}}
    elif method == "rpc.discover":
        answer = {"result": {"info": {"title": "other"}, "methods": []}}
    elif method != "echo":
        continue
    else:
        text = message["params"]["text"]
        if text == "exit":
            sys.stderr.write("Traceback: /secret/child.py\\n")
            sys.stderr.flush()
            os._exit(7)
        if text == "deaf":
            os.close(1)
            time.sleep(600)
        if text == "broken":
            os.write(1, b'{"jsonrpc":"2.0","id":%d,"result":/secret}\\n' % number)
            continue
        answer = json.loads(text)
    answer |= {"jsonrpc": "2.0", "id": number}
    os.write(1, json.dumps(answer).encode() + b"\\n")
"""
CHILD = [sys.executable, "-c", SCRIPT, "/secret/argument"]


def ignore(*what: object) -> None:
    """Nobody is told."""


QUIET = Options(
    verify=False, stderr=ignore, input_grace=0.05, on_error=ignore, on_protocol_error=ignore
)
CODES = (-32601, -32602, -32603, -32800, -32001, -32003, 77)


class Handlers(h.HostHandlers[PeerT]):
    def nest(self, params: c.HostNestParams, context: ipc.Context[NoReturn, PeerT]) -> int:
        return params.depth

    def numbers(self, params: c.NumbersParams, context: ipc.Context[NoReturn, PeerT]) -> NoReturn:
        raise NotImplementedError


def failure(code: int) -> c.EchoParams:
    """What makes the child answer with an error that has more than others may see."""
    error = {"code": code, "message": "OSError: /secret/file", "data": {"a": 1}}
    return c.EchoParams(text=json.dumps({"error": error}))


def number(text: object) -> c.EchoParams:
    return c.EchoParams(text=json.dumps({"result": text}))


def echo(text: str) -> c.EchoParams:
    return c.EchoParams(text=text)


def told(error: ipc.RpcError) -> object:
    copies = [copy.copy(error), copy.deepcopy(error), pickle.loads(pickle.dumps(error))]
    return {
        "code": error.code,
        "message": error.message,
        "short": error.short_message,
        "copies": [each.short_message for each in copies],
    }


def raised(run: Callable[[], object]) -> object:
    try:
        return run()
    except ipc.RpcError as error:
        return told(error)


def not_prepared(_: object) -> NoReturn:
    raise OSError("/secret/model")


def not_started() -> None:
    h.spawn(["no-such-program", "/secret"], Handlers[h.ChildClient](), QUIET)


def threads() -> list[object]:
    found = [raised(not_started)]
    handlers = Handlers[h.ChildClient]()
    with h.spawn(CHILD, handlers, QUIET) as client:
        late = lambda: client.counted(timeout=0.05)
        found.append(raised(late))
        idle = lambda: client.counted(idle_timeout=0.05)
        found.append(raised(idle))
        for code in CODES:
            found.append(raised(lambda: client.echo(failure(code))))
        found.append(raised(lambda: client.echo(number(["/secret"]))))
        found.append(raised(lambda: client.echo(echo("broken"))))
        # A value whose text is a secret, where the contract wants another.
        unfit = cast("str", {"secret"})
        found.append(raised(lambda: client.echo(c.EchoParams(text=unfit))))
        cancel = CancelEvent()
        cancel.set()
        found.append(raised(lambda: client.counted(cancel=cancel)))
        found.append(raised(lambda: client.echo(echo("exit"))))
        found.append(raised(client.counted))
    found.append(raised(client.counted))
    with h.spawn(CHILD, handlers, QUIET) as client:
        found.append(raised(lambda: client.echo(echo("deaf"))))
    with h.spawn(CHILD, handlers, QUIET, on_start=not_prepared) as client:
        found.append(raised(client.counted))
    mismatch = Options(stderr=lambda _: None, input_grace=0.05)
    with h.spawn(CHILD, handlers, mismatch) as client:
        found.append(raised(client.counted))
    silent = Options(stderr="ignore", input_grace=0.05, start_timeout=0.05)
    with h.spawn(["sleep", "600"], handlers, silent) as client:
        found.append(raised(client.counted))
    with h.spawn(CHILD, handlers, Options(verify=False, max_message_bytes=2000)) as client:
        found.append(raised(lambda: client.echo(echo("x" * 3000))))
    return found


async def awaited(call: Awaitable[object] | Callable[[], Awaitable[object]]) -> object:
    try:
        return await (call() if callable(call) else call)
    except ipc.RpcError as error:
        return told(error)


async def coroutines() -> list[object]:
    handlers = Handlers[h.AsyncChildClient]()

    async def not_started() -> None:
        h.spawn_async(["no-such-program", "/secret"], handlers, QUIET)

    async def prepare(_: object) -> NoReturn:
        not_prepared(_)

    found = [await awaited(not_started)]
    async with h.spawn_async(CHILD, handlers, QUIET) as client:
        found.append(await awaited(client.counted(timeout=0.05)))
        found.append(await awaited(client.counted(idle_timeout=0.05)))
        for code in CODES:
            found.append(await awaited(client.echo(failure(code))))
        found.append(await awaited(client.echo(number(["/secret"]))))
        found.append(await awaited(client.echo(echo("broken"))))
        unfit = cast("str", {"secret"})
        found.append(await awaited(lambda: client.echo(c.EchoParams(text=unfit))))
        cancelled = client.count(c.CountParams(to=1))
        cancelled.cancel()
        found.append(await awaited(cancelled.result()))
        found.append(await awaited(client.echo(echo("exit"))))
        found.append(await awaited(lambda: client.counted()))
    found.append(await awaited(lambda: client.counted()))
    async with h.spawn_async(CHILD, handlers, QUIET) as client:
        found.append(await awaited(client.echo(echo("deaf"))))
    async with h.spawn_async(CHILD, handlers, QUIET, on_start=prepare) as client:
        found.append(await awaited(client.counted()))
    mismatch = Options(stderr=lambda _: None, input_grace=0.05)
    async with h.spawn_async(CHILD, handlers, mismatch) as client:
        found.append(await awaited(client.counted()))
    silent = Options(stderr="ignore", input_grace=0.05, start_timeout=0.05)
    async with h.spawn_async(["sleep", "600"], handlers, silent) as client:
        found.append(await awaited(client.counted()))
    small = Options(verify=False, max_message_bytes=2000)
    async with h.spawn_async(CHILD, handlers, small) as client:
        found.append(await awaited(lambda: client.echo(echo("x" * 3000))))
    return found


print(json.dumps(threads() if sys.argv[1] == "threads" else asyncio.run(coroutines())))
