"""A host whose child can no longer be called, for host-broken.test.ts: on threads, or on
asyncio.
"""

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
from generated.simple_ipc.process import read_pipe

CLOSES = """import json, os, sys, time
for line in sys.stdin:
    message = json.loads(line)
    number = message.get("id")
    if message["method"] == "rpc.contract":
        print('{"jsonrpc":"2.0","id":%d,"error":{"code":-32601,"message":"no"}}' % number)
    elif message["method"] == "add":
        print('{"jsonrpc":"2.0","id":%d,"result":3}' % number, flush=True)
        os.close(0)
        time.sleep(600)
    sys.stdout.flush()
"""
CUT = """import json, os, signal, sys
for line in sys.stdin:
    message = json.loads(line)
    number = message.get("id")
    if message["method"] == "echo":
        os.write(1, b'{"jsonrpc":"2.0","id":%d,"result":"half of' % number)
        os.kill(os.getpid(), signal.SIGKILL)
    print('{"jsonrpc":"2.0","id":%d,"error":{"code":-32601,"message":"no"}}' % number, flush=True)
"""
SHORT = CUT.replace('{"jsonrpc":"2.0","id":%d,"result":"half of', '{"json').replace(
    "' % number)\n        os.kill", "')\n        os.kill"
)
# Almost messages, which nobody can take for answers.
ALMOST = {
    "headers": "Content-Length: 40",
    "colours": r'\033[1m{"jsonrpc":"2.0","id":1,"result":2}\033[0m',
    "several": r'{\n"jsonrpc": "2.0",\n"id": 1\n}',
    "no_version": '{"id":1,"result":2}',
    "plain": "hello",
}
lines: list[str] = []
written = threading.Event()


def on_line(line: str) -> None:
    lines.append(line)
    written.set()




class Handlers(h.HostHandlers[Any]):
    """They are not asked."""

    def nest(self, params: c.HostNestParams, context: object) -> int:
        return 0

    def numbers(self, params: c.NumbersParams, context: object) -> Any:
        return None


def described(error: ipc.RpcError) -> object:
    cause = error.__cause__
    name = None if cause is None else type(cause).__name__
    return [error.code, error.message.split("\n"), name]


def run_threads(command: list[str], options: Options, first: bool) -> list[object]:
    told: list[object] = []
    with h.spawn(command, Handlers(), options) as client:
        if name in ALMOST:
            written.wait()
        if first:
            told.append(client.add((1, 2)))
        for _ in range(2):
            try:
                told.append(client.echo(c.EchoParams(text="a"), timeout=limit))
            except ipc.RpcError as error:
                told.append(described(error))
    return told


async def run_loop(command: list[str], options: Options, first: bool) -> list[object]:
    told: list[object] = []
    async with h.spawn_async(command, Handlers(), options) as client:
        if name in ALMOST:
            await asyncio.to_thread(written.wait)
        if first:
            told.append(await client.add((1, 2)))
        for _ in range(2):
            try:
                told.append(await client.echo(c.EchoParams(text="a"), timeout=limit))
            except ipc.RpcError as error:
                told.append(described(error))
    return told


form, name = sys.argv[1:]
limit = 0.2 if name in {"silent", "silent_unverified", *ALMOST} else None
verify = Options(input_grace=0.1, on_line=on_line)
unverified = Options(input_grace=0.1, verify=False)
python = [sys.executable, "-c"]
commands = {
    "closes": ([*python, CLOSES], verify, True),
    "deaf": (["sh", "-c", "exec sleep 600 </dev/null"], verify, False),
    "deaf_unverified": (["sh", "-c", "exec sleep 600 </dev/null"], unverified, False),
    "silent": (["sleep", "600"], verify, False),
    "silent_unverified": (["sleep", "600"], unverified, False),
    "cut": ([*python, CUT], verify, False),
    "short": ([*python, SHORT], verify, False),
    "memory": (["cat"], unverified, False),
    **{
        key: (["sh", "-c", f"printf '{line}\\n'; sleep 600"], verify, False)
        for key, line in ALMOST.items()
    },
}
if name == "memory":
    # More than there is, as under a limit of the system.
    setattr(read_pipe, "_CHUNK", 2**60)
command, options, first = commands[name]
if form == "threads":
    result = run_threads(command, options, first)
else:
    result = asyncio.run(run_loop(command, options, first))
print(json.dumps([*result, lines]))
