"""For errors.test.ts: what Python programs do with errors. Prints what it found."""

from __future__ import annotations

import asyncio
import copy
import errno
import json
import pickle
import sys
from pathlib import Path

from generated import conversation as c
from generated import conversation_host as h
from generated import simple_ipc as ipc
from generated.simple_ipc.host import ExitReport, Options, PeerT, StartError, WorkerExitedError

CHILD = [sys.executable, str(Path(__file__).with_name("conversation_child.py"))]


class Handlers(h.HostHandlers[PeerT]):
    def nest(self, params: c.HostNestParams, context: object) -> int:
        return 0

    def numbers(self, params: c.NumbersParams, context: object) -> None:  # type: ignore
        return None


def start_error() -> StartError:
    try:
        h.spawn(["no-such-program"], Handlers[h.ChildClient]())
    except StartError as error:
        return error
    raise AssertionError


def told(error: BaseException) -> list[object]:
    """All that a copy must have, too."""
    members = {**vars(error), "errno": getattr(error, "errno", None)}
    short = getattr(error, "short_message", None)
    return [type(error), str(error), repr(error), short, sorted(map(str, members.items()))]


def copies() -> list[object]:
    report = ExitReport(
        command=("x",), code=1, signal=None, uptime=1.0, stderr=("e",), lines=()
    )
    with_note = c.FailDeclaredError(c.Number(value=1.5), "said")
    with_note.extra = "mine"  # type: ignore[attr-defined]
    errors: list[Exception] = [
        ipc.RpcError(-32603, "text", {"a": 1}),
        ipc.CancelledError(),
        ipc.RpcTimeoutError("TIMEOUT", "late"),
        with_note,
        c.FailBareError(),
        WorkerExitedError("gone", report),
        ipc.InvalidValueError("/a", "must be"),
        start_error(),
    ]
    found: list[object] = []
    for error in errors:
        same = [copy.copy(error), copy.deepcopy(error)]
        same += [pickle.loads(pickle.dumps(error, n)) for n in range(2, 6)]
        found.append([type(error).__name__, all(told(e) == told(error) for e in same)])
    return found


def kinds() -> list[object]:
    error = start_error()
    found: list[object] = [
        isinstance(error, OSError) and error.errno == errno.ENOENT,
        error.code,
        isinstance(error.__cause__, FileNotFoundError),
    ]
    with h.spawn(CHILD, Handlers[h.ChildClient]()) as client:
        try:
            client.slow(c.SlowParams(seconds=600), timeout=0.01)
        except TimeoutError as late:
            found.append(isinstance(late, ipc.RpcError) and late.code)
        try:
            client.add((1, "x"))  # type: ignore[arg-type]
        except ipc.RpcError as unfit:
            found.append(type(unfit.__cause__).__name__)
    late_start = Options(start_timeout=0.01, input_grace=0.1)
    with h.spawn(["sleep", "600"], Handlers[h.ChildClient](), late_start) as client:
        try:
            client.nothing()
        except TimeoutError as late:
            found.append(isinstance(late, ipc.RpcError) and late.code)
    return [*found, asyncio.run(late_coroutine())]


async def late_coroutine() -> object:
    async with h.spawn_async(CHILD, Handlers[h.AsyncChildClient]()) as client:
        try:
            await client.slow(c.SlowParams(seconds=600), timeout=0.01)
        except TimeoutError as late:
            return isinstance(late, ipc.RpcError) and late.code
    return None


print(json.dumps({"copies": copies(), "kinds": kinds()}))
