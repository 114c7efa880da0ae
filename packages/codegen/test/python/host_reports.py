"""A host whose child and whose handlers do wrong, for host-reports.test.ts: on threads,
or on asyncio.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Generator
from typing import Any, NoReturn

from generated import conversation as c
from generated import conversation_host as h
from generated import simple_ipc as ipc
from generated.simple_ipc.host import Options

WRONG = r"""import json, sys
def write(**message):
    print(json.dumps({"jsonrpc": "2.0", **message}), flush=True)
for line in sys.stdin:
    message = json.loads(line)
    number, method = message.get("id"), message.get("method")
    if method == "count":
        write(method="log", params={"text": 3})
        write(method="log", params={"text": "x"})
        write(id=500, method="nest", params={"depth": "deep"})
        write(id=503, method="absent", params={"a": 1})
        write(id=501, method="nest", params={"depth": 1})
        write(id=502, method="nest", params={"depth": 2})
        write(method="missing", params={"b": 2})
        write(id=7777, result=1)
        write(method="$/progress", params={"token": number, "value": "half"})
        print("a line", flush=True)
        call = number
    elif method == "nothing":
        for n in range(300):
            write(method="log", params={"text": n})
        for n in range(300):
            write(id=1000 + n, method="nest", params={"depth": 1})
        call = number
    elif method is None and number == 502:
        write(id=call, result=0)
    elif method is None and number == 1299:
        write(id=call, result=None)
    elif method is not None and number is not None:
        write(id=number, error={"code": -32601, "message": "no"})
"""
COMMAND = [sys.executable, "-c", WRONG]


class Handlers(h.HostHandlers[Any]):
    """Each of them fails."""

    def nest(self, params: c.HostNestParams, context: ipc.Context[NoReturn, Any]) -> int:
        if params.depth == 2:
            return 2**60
        raise KeyError("b")

    def numbers(
        self, params: c.NumbersParams, context: ipc.Context[NoReturn, Any]
    ) -> Generator[int, None, int]:
        yield 1
        return 1

    def log(self, params: c.LogParams) -> None:
        raise LookupError(params.text)


class Coroutines(Handlers):
    """The same as coroutines."""

    async def nest(  # type: ignore[override]
        self, params: c.HostNestParams, context: ipc.Context[NoReturn, Any]
    ) -> int:
        return super().nest(params, context)

    async def numbers(  # type: ignore[override]
        self, params: c.NumbersParams, context: ipc.Context[NoReturn, Any]
    ) -> AsyncGenerator[int | ipc.Result[int], None]:
        yield ipc.Result(1)

    async def log(self, params: c.LogParams) -> None:  # type: ignore[override]
        super().log(params)


heard: list[object] = []


def on_error(failure: BaseException) -> None:
    heard.append([type(failure).__name__, str(failure)])


def on_protocol_error(message: str, value: object) -> None:
    heard.append([message, value])


def failing(*args: object) -> None:
    raise RuntimeError("a callback")


def options(kind: str) -> Options:
    if kind == "heard":
        return Options(
            on_error=on_error, on_protocol_error=on_protocol_error, on_line=failing
        )
    if kind == "broken":
        return Options(on_error=failing, on_protocol_error=failing)
    return Options()


def threads(kind: str, handlers: Handlers) -> None:
    with h.spawn(COMMAND, handlers, options(kind)) as client:
        if kind == "flood":
            client.nothing()
        else:
            client.count(c.CountParams(to=0), on_progress=print).result()


async def coroutines(kind: str, handlers: Handlers) -> None:
    async with h.spawn_async(COMMAND, handlers, options(kind)) as client:
        if kind == "flood":
            await client.nothing()
        else:
            await client.count(c.CountParams(to=0), on_progress=print).result()


form, way, handled = sys.argv[1:]
implementation = Coroutines() if handled == "coroutines" else Handlers()
if form == "threads":
    threads(way, implementation)
else:
    asyncio.run(coroutines(way, implementation))
print(json.dumps(heard))
