"""The host of the conversation table on asyncio: it executes commands, one JSON line
each. Its arguments are the child's command.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable
from typing import Any, NoReturn

from conversation_table import (
    arguments,
    failure,
    grace,
    has_progress,
    is_stream,
    member,
    plain,
)
from generated import conversation as c
from generated import conversation_host as h
from generated import simple_ipc as ipc
from generated.simple_ipc.host import AsyncStream, Options
from generated.simple_ipc.peer.answer import Reader

Context = ipc.Context[NoReturn, h.AsyncChildClient]
Command = dict[str, Any]


class Handlers(h.HostHandlers[h.AsyncChildClient]):
    """Answers the child."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def nest(self, params: c.HostNestParams, context: Context) -> int:
        if params.depth == 0:
            return 0
        return 1 + await context.peer.nest(c.NestParams(depth=params.depth - 1))

    async def numbers(
        self, params: c.NumbersParams, context: Context
    ) -> AsyncGenerator[int | ipc.Result[int], None]:
        if params.to < 0:
            raise c.NumbersTooManyError(c.Number(value=42))
        for n in range(params.to):
            yield n
        yield ipc.Result(1_000_000)

    def log(self, params: c.LogParams) -> None:
        self.heard.append(params.text)


class Open:
    """A call or stream under way."""

    def __init__(self) -> None:
        self.progress: list[object] = []
        self.result: asyncio.Task[object] | None = None
        self.stream: AsyncStream[object, object] | None = None
        self.items: AsyncIterator[object] | None = None


class Host:
    """The commands; each returns its answer."""

    def __init__(self, command: list[str]) -> None:
        self._handlers = Handlers()
        self._lines: list[str] = []
        self._stderr: list[str] = []
        self._open: dict[str, Open] = {}
        self._command = command
        self._released = asyncio.Event()
        self._client: h.AsyncChildClient | None = None

    @property
    def client(self) -> h.AsyncChildClient:
        if self._client is None:
            raise RuntimeError("start comes first")
        return self._client

    async def prepare(self, child: h.AsyncChildClient) -> None:
        """What comes before any other call, if the environment says so."""
        await child.tell(c.TellParams(text="preparing"))
        nested = await child.nest(c.NestParams(depth=3))
        if os.environ["ON_START"] == "fail":
            raise LookupError(f"on purpose, after {nested}")
        self._handlers.heard.append(f"nested {nested}")
        await self._released.wait()
        await child.tell(c.TellParams(text="prepared"))

    async def release(self, _: Command) -> Command:
        self._released.set()
        return {}

    async def start(self, _: Command) -> Command:
        options = Options(
            stderr=self._stderr.append,
            on_line=self._lines.append,
            input_grace=grace("INPUT_GRACE"),
            term_grace=grace("TERM_GRACE"),
        )
        prepare = self.prepare if "ON_START" in os.environ else None
        self._client = h.spawn_async(
            self._command, self._handlers, options, on_start=prepare
        )
        return {"pid": self._client.program.pid}

    async def call(self, command: Command) -> Command:
        opened = self._begin(command)
        made = self._make(command, opened)
        opened.result = asyncio.ensure_future(
            made.result() if is_stream(command["method"]) else made
        )
        return {}

    async def stream(self, command: Command) -> Command:
        opened = self._begin(command)
        stream: AsyncStream[object, object] = self._make(command, opened)
        opened.stream, opened.items = stream, aiter(stream)
        return {}

    def _begin(self, command: Command) -> Open:
        opened = self._open[command["as"]] = Open()
        return opened

    def _make(self, command: Command, opened: Open) -> Any:
        method, timeout = command["method"], command.get("timeout")
        options: dict[str, object] = {}
        if timeout is not None:
            options["timeout"] = timeout / 1000
        if has_progress(method):
            options["on_progress"] = opened.progress.append
        params = arguments(method, command.get("params"))
        return member(self.client, method)(*params, **options)

    async def wait(self, command: Command) -> Command:
        opened = self._open[command["as"]]
        try:
            if opened.result is not None:
                return {"result": plain(await asyncio.shield(opened.result))}
            if opened.stream is not None:
                return {"result": plain(await opened.stream.result())}
        except ipc.RpcError as error:
            return {"error": failure(error)}
        except asyncio.CancelledError:
            return {"error": {"code": "CANCELLED", "message": "The task was cancelled"}}
        return {}

    async def cancel(self, command: Command) -> Command:
        opened = self._open[command["as"]]
        if opened.result is not None:
            opened.result.cancel()
        if opened.stream is not None:
            opened.stream.cancel()
        return {}

    async def next(self, command: Command) -> Command:
        opened = self._open[command["as"]]
        found: list[object] = []
        try:
            while len(found) < command["items"] and opened.items is not None:
                found.append(plain(await anext(opened.items)))
        except StopAsyncIteration:
            return {"items": found, "done": True}
        except ipc.RpcError as error:
            return {"items": found, "done": True, "error": failure(error)}
        return {"items": found, "done": False}

    async def break_(self, command: Command) -> Command:
        items = self._open[command["as"]].items
        if isinstance(items, (AsyncGenerator, Reader)):
            await items.aclose()
        return {}

    async def progress(self, command: Command) -> Command:
        return {"values": self._open[command["as"]].progress}

    async def notify(self, command: Command) -> Command:
        method = command["method"]
        await member(self.client, method)(*arguments(method, command["params"]))
        return {}

    async def heard(self, _: Command) -> Command:
        return {"values": self._handlers.heard}

    async def lines(self, _: Command) -> Command:
        return {"values": self._lines}

    async def stderr(self, _: Command) -> Command:
        return {"values": self._stderr}

    async def line(self, command: Command) -> Command:
        await self.client.send_plain_line(command["text"])
        return {}

    async def ping(self, _: Command) -> Command:
        await self.client.ping()
        return {}

    async def stop(self, _: Command) -> Command:
        await self.client.stop()
        end = self.client.program.exit
        return {} if end is None else {"code": end.code, "signal": end.signal}


async def answer(host: Host, command: Command) -> None:
    name = "break_" if command["do"] == "break" else command["do"]
    work: Awaitable[Command] = getattr(host, name)(command)
    try:
        told = await work
    except Exception as error:
        told = {"failed": repr(error)}
    print(json.dumps({"n": command["n"], **told}), flush=True)


async def main() -> None:
    host = Host(sys.argv[1:])
    source = asyncio.StreamReader(limit=2**30)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(source), sys.stdin)
    tasks: set[asyncio.Task[None]] = set()
    while line := await source.readline():
        task = asyncio.create_task(answer(host, json.loads(line)))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        # A task begins in the next iteration: commands begin in order.
        await asyncio.sleep(0)
    await host.client.stop()


asyncio.run(main())
