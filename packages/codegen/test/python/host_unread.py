"""A host whose child does not read, for host-unread.test.ts: on threads, or on asyncio."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from typing import Any

from generated import conversation as c
from generated import conversation_host as h
from generated import simple_ipc as ipc
from generated.simple_ipc.host import Options

LIMIT = 64 * 1024 * 1024 if "memory" in sys.argv else 100_000
ASKS = """import json, os, sys
what, times = sys.argv[1], int(sys.argv[2])
kinds = {
    "requests": ("nest", {"depth": 0}),
    "unfit": ("nest", {"depth": "x"}),
    "unknown": ("unknown", {}),
    "pings": ("rpc.ping", None),
}
method, params = kinds[what]
number = 0
while number != times:
    number += 1
    name = number if times < 0 else str(number).rjust(2000)
    print(json.dumps({"jsonrpc": "2.0", "id": name, "method": method, "params": params}))
sys.stdout.flush()
answers = [json.loads(sys.stdin.readline()) for _ in range(number)]
in_order = [int(answer["id"]) for answer in answers] == list(range(1, number + 1))
results = sum("result" in answer for answer in answers)
print("read", results, in_order, flush=True)
sys.stdin.read()
"""
# Asks once, and reads nothing.
ONCE = """import time
print('{"jsonrpc":"2.0","id":1,"method":"nest","params":{"depth":1}}', flush=True)
time.sleep(600)
"""
form, scenario, *arguments = sys.argv[1:]
is_loop = form == "coroutines"
python = [sys.executable, "-c"]
text = "x" * 1000
read: list[str] = []
heard = threading.Event()
failures: list[str] = []


def options(**more: Any) -> Options:
    return Options(
        input_grace=0.1,
        term_grace=0.5,
        max_queued_bytes=LIMIT,
        on_line=on_line,
        on_error=lambda error: failures.append(str(error).split(":")[0]),
        on_protocol_error=ignored,
        **more,
    )


def on_line(line: str) -> None:
    read.append(line)
    heard.set()


def ignored(message: str, value: object) -> None:
    pass


class Handlers(h.HostHandlers[Any]):
    """Their answers are as long as the depth says, if they are to be."""

    def nest(self, params: c.HostNestParams, context: Any) -> Any:
        if params.depth == 0:
            return 0
        if is_loop:
            return self._notify_on_loop(context)
        try:
            while True:
                context.peer.tell(c.TellParams(text=text))
        except ipc.RpcError as error:
            on_line(described(error))
        return 0

    async def _notify_on_loop(self, context: Any) -> int:
        tells = [context.peer.tell(c.TellParams(text=text)) for _ in range(200)]
        told = await asyncio.gather(*tells, return_exceptions=True)
        on_line(next(described(one) for one in told if isinstance(one, ipc.RpcError)))
        return 0

    def numbers(self, params: c.NumbersParams, context: object) -> Any:
        return None


def described(error: ipc.RpcError) -> str:
    return f"{error.code}: {error.message.splitlines()[0]}"


def taken(error: ipc.RpcError) -> list[object]:
    """How much memory this process took, in megabytes."""
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return [error.code, most // 1000 if sys.platform == "linux" else most // 1_000_000]


def start(program: str, *args: str, verify: bool = False) -> Any:
    spawn = h.spawn_async if is_loop else h.spawn
    command = [*python, program, *args] if program else ["sleep", "600"]
    return spawn(command, Handlers(), options(verify=verify))


async def gathered(client: Any) -> list[object]:
    """What calls of a loop fail with when too many are made, and how much waits."""
    calls = [client.echo(c.EchoParams(text=text), timeout=0.5) for _ in range(200)]
    most = client.buffered_amount
    told = await asyncio.gather(*calls, return_exceptions=True)
    codes = [one.code for one in told if isinstance(one, ipc.RpcError)]
    full = next(one for one in told if getattr(one, "code", "") == "QUEUE_FULL")
    assert isinstance(full, ipc.RpcError)
    is_bounded = LIMIT < most < LIMIT + 2 * len(text)
    return [described(full), sorted(set(codes)), codes[0], is_bounded]


async def on_loop() -> list[object]:
    if scenario in {"flood", "memory"}:
        async with start(ASKS, *arguments) as client:
            try:
                await client.echo(c.EchoParams(text="a"))
            except ipc.RpcError as error:
                return (
                    [described(error), failures]
                    if scenario == "flood"
                    else taken(error)
                )
    if scenario == "late":
        async with start(ASKS, *arguments) as client:
            await asyncio.to_thread(heard.wait)
            return [read, client.program.is_running]
    if scenario == "notify":
        async with start(ONCE):
            await asyncio.to_thread(heard.wait)
            return [*read]
    if scenario == "drained":
        async with start("import sys; sys.stdin.read()") as client:
            sent = [
                asyncio.create_task(client.tell(c.TellParams(text=text)))
                for _ in range(90)
            ]
            await asyncio.gather(*sent)
            await client.drained()
            return [client.buffered_amount]
    async with start("", verify=scenario == "held") as client:
        told = await gathered(client)
        drained = asyncio.create_task(client.drained())
        await client.stop()
        await drained
        return told
    return []


def on_threads() -> list[object]:
    if scenario in {"flood", "memory"}:
        with start(ASKS, *arguments) as client:
            try:
                client.echo(c.EchoParams(text="a"))
            except ipc.RpcError as error:
                return (
                    [described(error), failures]
                    if scenario == "flood"
                    else taken(error)
                )
    if scenario == "late":
        with start(ASKS, *arguments) as client:
            heard.wait()
            return [read, client.program.is_running]
    if scenario == "notify":
        with start(ONCE):
            heard.wait()
            return [*read]
    with start("", verify=True) as client:
        try:
            while True:
                client.tell(c.TellParams(text=text))
        except ipc.RpcError as error:
            return [described(error)]
    return []


print(json.dumps(asyncio.run(on_loop()) if is_loop else on_threads()))
