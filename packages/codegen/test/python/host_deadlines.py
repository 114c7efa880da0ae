"""A host that is too busy to read an answer in time, for host-deadlines.test.ts: on
threads, or on asyncio.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import sys
import threading
import time
from typing import Any

from generated import conversation as c
from generated import conversation_host as h
from generated import simple_ipc as ipc
from generated.simple_ipc.host import Options

# Says that it has the request, and answers a moment later, behind notifications.
CHILD = """import json, sys, time
notes = int(sys.argv[1])
for line in sys.stdin:
    message = json.loads(line)
    if "id" not in message:
        continue
    print("asked", flush=True)
    time.sleep(0.1)
    for _ in range(notes):
        print('{"jsonrpc":"2.0","method":"log","params":{"text":"x"}}')
    print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": "here"}), flush=True)
"""
# Seconds: the answer comes long before, also where much else is to do.
LIMIT = 2.0
form, scenario = sys.argv[1:]
notes = {"behind": 2000, "slow": 1}.get(scenario, 0)
command = [sys.executable, "-c", CHILD, str(notes)]
asked = threading.Event()
options = Options(verify=False, input_grace=0.1, on_line=lambda _: asked.set())


class Handlers(h.HostHandlers[Any]):
    """One of them takes longer than a call may."""

    def nest(self, params: c.HostNestParams, context: object) -> int:
        return 0

    def numbers(self, params: c.NumbersParams, context: object) -> Any:
        return None

    def log(self, params: c.LogParams) -> None:
        if scenario == "slow":
            time.sleep(2.5)


def be_busy() -> None:
    """Takes longer than the call may; with the interpreter's lock, so that no other
    thread runs, either.
    """
    if scenario == "lock":
        ctypes.PyDLL(None).usleep(2_500_000)
    else:
        time.sleep(2.5)


def on_threads() -> list[object]:
    told: list[object] = []
    with h.spawn(command, Handlers(), options) as client:

        def call() -> None:
            try:
                told.append(client.echo(c.EchoParams(text="a"), timeout=LIMIT))
            except ipc.RpcError as error:
                told.append(error.message)

        for _ in range(2):
            asked.clear()
            caller = threading.Thread(target=call)
            caller.start()
            asked.wait()
            be_busy()
            caller.join()
    return told


async def on_loop() -> list[object]:
    told: list[object] = []
    async with h.spawn_async(command, Handlers(), options) as client:
        for _ in range(2):
            asked.clear()
            call = asyncio.ensure_future(
                client.echo(c.EchoParams(text="a"), timeout=LIMIT)
            )
            await asyncio.to_thread(asked.wait)
            be_busy()
            try:
                told.append(await call)
            except ipc.RpcError as error:
                told.append(error.message)
    return told


print(json.dumps(on_threads() if form == "threads" else asyncio.run(on_loop())))
