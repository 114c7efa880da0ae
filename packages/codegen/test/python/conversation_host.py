"""The host of the conversation table on threads: it executes commands, one JSON line
each. Its arguments are the child's command.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Generator, Iterator
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
from generated.simple_ipc.calls.cancel_event import Cancellable
from generated.simple_ipc.host import CancelEvent, Options, Stream

Context = ipc.Context[NoReturn, h.ChildClient]
Command = dict[str, Any]


class Handlers(h.HostHandlers[h.ChildClient]):
    """Answers the child."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def nest(self, params: c.HostNestParams, context: Context) -> int:
        if params.depth == 0:
            return 0
        return 1 + context.peer.nest(c.NestParams(depth=params.depth - 1))

    def numbers(self, params: c.NumbersParams, context: Context) -> Generator[int, None, int]:
        if params.to < 0:
            raise c.NumbersTooManyError(c.Number(value=42))
        yield from range(params.to)
        return 1_000_000

    def log(self, params: c.LogParams) -> None:
        self.heard.append(params.text)


class Sent(CancelEvent):
    """Knows when its call was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = threading.Event()

    def watch(self, call: Cancellable) -> None:
        super().watch(call)
        self.sent.set()


class Open:
    """A call under way, in a thread of its own, or a stream."""

    def __init__(self) -> None:
        self.progress: list[object] = []
        self.cancel = Sent()
        self.stream: Stream[object, object] | None = None
        self.items: Iterator[object] | None = None
        self._outcome: Command = {}
        self._thread: threading.Thread | None = None

    def begin(self, run: Callable[[], object]) -> None:
        """Returns when the call was sent, or could not be."""
        self._thread = threading.Thread(target=self._run, args=(run,))
        self._thread.start()
        self.cancel.sent.wait()

    def _run(self, run: Callable[[], object]) -> None:
        try:
            self._outcome = {"result": plain(run())}
        except ipc.RpcError as error:
            self._outcome = {"error": failure(error)}
        finally:
            self.cancel.sent.set()

    def outcome(self) -> Command:
        if self._thread is not None:
            self._thread.join()
        elif self.stream is not None:
            self._run(self.stream.result)
        return self._outcome


class Host:
    """The commands; each returns its answer, those of `waiting` in a thread of its own."""

    waiting = frozenset({"wait", "next", "ping", "stop"})

    def __init__(self, command: list[str]) -> None:
        self._handlers = Handlers()
        self._lines: list[str] = []
        self._stderr: list[str] = []
        self._open: dict[str, Open] = {}
        self._command = command
        self._released = threading.Event()
        self._client: h.ChildClient | None = None

    @property
    def client(self) -> h.ChildClient:
        if self._client is None:
            raise RuntimeError("start comes first")
        return self._client

    def prepare(self, child: h.ChildClient) -> None:
        """What comes before any other call, if the environment says so."""
        child.tell(c.TellParams(text="preparing"))
        nested = child.nest(c.NestParams(depth=3))
        if os.environ["ON_START"] == "fail":
            raise LookupError(f"on purpose, after {nested}")
        self._handlers.heard.append(f"nested {nested}")
        self._released.wait()
        child.tell(c.TellParams(text="prepared"))

    def release(self, _: Command) -> Command:
        self._released.set()
        return {}

    def start(self, _: Command) -> Command:
        options = Options(
            stderr=self._stderr.append,
            on_line=self._lines.append,
            input_grace=grace("INPUT_GRACE"),
            term_grace=grace("TERM_GRACE"),
        )
        prepare = self.prepare if "ON_START" in os.environ else None
        self._client = h.spawn(
            self._command, self._handlers, options, on_start=prepare
        )
        return {"pid": self._client.program.pid}

    def call(self, command: Command) -> Command:
        opened = self._open[command["as"]] = Open()

        def run() -> object:
            made = self._make(command, opened)
            return made.result() if is_stream(command["method"]) else made

        opened.begin(run)
        return {}

    def stream(self, command: Command) -> Command:
        opened = self._open[command["as"]] = Open()
        stream: Stream[object, object] = self._make(command, opened)
        opened.stream, opened.items = stream, iter(stream)
        return {}

    def _make(self, command: Command, opened: Open) -> Any:
        method, timeout = command["method"], command.get("timeout")
        options: dict[str, object] = {"cancel": opened.cancel}
        if timeout is not None:
            options["timeout"] = timeout / 1000
        if has_progress(method):
            options["on_progress"] = opened.progress.append
        params = arguments(method, command.get("params"))
        return member(self.client, method)(*params, **options)

    def wait(self, command: Command) -> Command:
        return self._open[command["as"]].outcome()

    def cancel(self, command: Command) -> Command:
        self._open[command["as"]].cancel.set()
        return {}

    def next(self, command: Command) -> Command:
        opened = self._open[command["as"]]
        found: list[object] = []
        try:
            while len(found) < command["items"] and opened.items is not None:
                found.append(plain(next(opened.items)))
        except StopIteration:
            return {"items": found, "done": True}
        except ipc.RpcError as error:
            return {"items": found, "done": True, "error": failure(error)}
        return {"items": found, "done": False}

    def break_(self, command: Command) -> Command:
        items = self._open[command["as"]].items
        if isinstance(items, Generator):
            items.close()
        return {}

    def progress(self, command: Command) -> Command:
        return {"values": self._open[command["as"]].progress}

    def notify(self, command: Command) -> Command:
        method = command["method"]
        member(self.client, method)(*arguments(method, command["params"]))
        return {}

    def heard(self, _: Command) -> Command:
        return {"values": self._handlers.heard}

    def lines(self, _: Command) -> Command:
        return {"values": self._lines}

    def stderr(self, _: Command) -> Command:
        return {"values": self._stderr}

    def line(self, command: Command) -> Command:
        self.client.send_plain_line(command["text"])
        return {}

    def ping(self, _: Command) -> Command:
        self.client.ping()
        return {}

    def stop(self, _: Command) -> Command:
        self.client.stop()
        end = self.client.program.exit
        return {} if end is None else {"code": end.code, "signal": end.signal}


def answer(host: Host, command: Command) -> None:
    name = "break_" if command["do"] == "break" else command["do"]
    try:
        told: Command = getattr(host, name)(command)
    except Exception as error:
        told = {"failed": repr(error)}
    # One write: other threads answer too.
    sys.stdout.write(json.dumps({"n": command["n"], **told}) + "\n")
    sys.stdout.flush()


def main() -> None:
    # Two thousand calls at once are two thousand threads.
    threading.stack_size(256 * 1024)
    host = Host(sys.argv[1:])
    for line in sys.stdin:
        command = json.loads(line)
        if command["do"] in host.waiting:
            threading.Thread(target=answer, args=(host, command)).start()
        else:
            answer(host, command)
    host.client.stop()


main()
