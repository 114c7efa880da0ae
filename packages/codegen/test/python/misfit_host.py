"""The host of failures.test.ts whose params do not fit. Its argument is `threads` or
`asyncio`. It prints what it was told, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import PurePosixPath
from typing import Any

from failing_host import CHILD, QUIET, Plain
from generated import conversation as c
from generated import conversation_host as h
from generated import simple_ipc as ipc

path: Any = PurePosixPath("/a")


def threads() -> list[str]:
    told: list[str] = []
    with h.spawn(CHILD, Plain[h.ChildClient](), QUIET) as client:
        try:
            client.echo(c.EchoParams(text=path))
        except ipc.RpcError as error:
            told.append(error.message)
        try:
            client.tell(c.TellParams(text=path))
        except ipc.RpcError as error:
            told.append(error.message)
    return told


async def coroutines() -> list[str]:
    told: list[str] = []
    async with h.spawn_async(CHILD, Plain[h.AsyncChildClient](), QUIET) as client:
        try:
            await client.echo(c.EchoParams(text=path))
        except ipc.RpcError as error:
            told.append(error.message)
        try:
            await client.tell(c.TellParams(text=path))
        except ipc.RpcError as error:
            told.append(error.message)
    return told


print(json.dumps(threads() if sys.argv[1] == "threads" else asyncio.run(coroutines())))
