"""The child of lifespan.test.ts: what it opens before its first call, it closes after its
last. Its first argument says how; what it does is said on stderr.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import AsyncGenerator, Generator
from typing import NoReturn

import conversation_child
from generated import conversation as c
from generated import simple_ipc as ipc

form = sys.argv[1]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Child(conversation_child.Child):
    def __init__(self, opened: str) -> None:
        super().__init__()
        self.opened = opened

    def echo(self, params: c.EchoParams, context: ipc.Context[NoReturn, NoReturn]) -> str:
        if params.text == "exit":
            sys.exit(3)
        if params.text == "raise":
            # As a thread of a library might: it ends the program.
            signal.raise_signal(signal.SIGTERM)
        return f"{self.opened} {params.text}"


class AsyncChild(Child):
    async def echo(  # type: ignore[override]
        self, params: c.EchoParams, context: ipc.Context[NoReturn, NoReturn]
    ) -> str:
        if params.text == "hang":
            say("hangs")
            try:
                await asyncio.sleep(600)
            finally:
                say("cancelled")
        if params.text == "fail":
            tasks.create_task(fail())
        if params.text == "exit":
            sys.exit(3)
        # A lock is of the loop on which it was first waited for.
        async with lock:
            return f"{self.opened} {params.text}"


lock = asyncio.Lock()
tasks: asyncio.TaskGroup


async def fail() -> None:
    raise LookupError("a task of the group")


@contextlib.contextmanager
def plain() -> Generator[Child, None, None]:
    print("printed while opening")
    if form.endswith("broken"):
        {"a": 1}["b"]
    if form.endswith("exits"):
        sys.exit(4)
    say("opened")
    try:
        yield Child("plain")
    except BaseException as failure:
        say(f"failed: {type(failure).__name__}")
        raise
    finally:
        say("closed")


@contextlib.asynccontextmanager
async def asynchronous() -> AsyncGenerator[AsyncChild, None]:
    await asyncio.sleep(0)
    if form.endswith("broken"):
        {"a": 1}["b"]
    if form.endswith("exits"):
        sys.exit(4)
    if form.endswith("slow"):
        try:
            say("opening")
            await asyncio.sleep(600)
        finally:
            say("not opened")
    say("opened")
    try:
        # It was first waited for on the loop of the handlers.
        async with lock:
            yield_to = AsyncChild("async")
        yield yield_to
    except BaseException as failure:
        say(f"failed: {type(failure).__name__}")
        raise
    finally:
        await asyncio.sleep(0)
        say("closed")


@contextlib.asynccontextmanager
async def grouped() -> AsyncGenerator[AsyncChild, None]:
    global tasks
    try:
        async with asyncio.TaskGroup() as tasks:
            yield AsyncChild("grouped")
    finally:
        say("closed")


class Itself(Child):
    """Handlers that are a context manager, made by their class."""

    def __init__(self) -> None:
        super().__init__("itself")

    def __enter__(self) -> Itself:
        say("opened")
        return self

    def __exit__(self, *_: object) -> None:
        say("closed")


def end(*_: object) -> NoReturn:
    sys.exit(5)


signal.signal(signal.SIGTERM, end)
started = time.monotonic()
if form.startswith("plain"):
    c.serve(plain)
elif form.startswith("async"):
    c.serve(asynchronous)
elif form == "grouped":
    c.serve(grouped)
elif form == "itself":
    c.serve(Itself)
elif form == "neither":
    c.serve(lambda: Child("neither"))  # type: ignore
elif form == "coroutine":
    c.serve(asynchronous().__aenter__)  # type: ignore
say("served")
