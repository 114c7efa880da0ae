"""A host that sends and receives bytes as they are: wire_bytes_host.py <way>."""

from __future__ import annotations

import asyncio
import json
import sys

from generated import simple_ipc as ipc
from generated import wire as w
from generated import wire_host as h

WAY = sys.argv[1]
CHILD = [sys.executable, "wire_child.py"]
DATA = bytes(range(256)) * 40
lines: list[str] = []


class Handlers(h.HostHandlers[h.host.PeerT]):
    """What the child may ask."""

    def host_about(self, context):  # type: ignore[no-untyped-def]
        return {}

    def host_numbers(self, params, context):  # type: ignore[no-untyped-def]
        yield from range(params.to)


class Echo:
    """A program that is asked for the same bytes."""

    def __init__(self, command: list[str], options: h.host.Options) -> None:
        self._command = command
        self._options = options

    async def __aenter__(self) -> Echo:
        spawn = h.spawn if WAY == "threads" else h.spawn_async
        self._client = spawn(self._command, Handlers(), self._options)
        return self

    async def __aexit__(self, *_: object) -> None:
        stopped = self._client.stop()
        if stopped is not None:
            await stopped

    async def __call__(self, data: object) -> bytes:
        answer = self._client.echo(w.EchoParams(data=data))  # type: ignore[arg-type]
        return answer if isinstance(answer, bytes) else await answer

    @property
    def is_raw(self) -> bool:
        return self._client._session.caller.writer.is_raw


def by_hand(name: str) -> Echo:
    options = h.host.Options(
        on_line=lines.append, on_protocol_error=lambda *_: None, stderr="ignore"
    )
    return Echo([sys.executable, "wire_bytes_by_hand.py", name], options)


async def outcomes() -> dict[str, object]:
    told: dict[str, object] = {}
    async with Echo(CHILD, h.host.Options()) as echo:
        first = await echo(DATA) == DATA
        wide = memoryview(DATA).cast("B", (80, 128))
        types = [bytearray(DATA), wide, memoryview(DATA)[::2]]
        same = [await echo(data) == bytes(data) for data in types]
        sizes = [len(await echo(b"x" * size)) for size in (0, 1, 4096, 3_000_000)]
        told["agreed"] = {"first": first, "types": same, "sizes": sizes, "raw": echo.is_raw}
    async with Echo(CHILD, h.host.Options(verify=False)) as echo:
        told["refused"] = {"first": await echo(DATA) == DATA, "raw": echo.is_raw}
    async with by_hand("glued") as echo:
        told["glued"] = {"same": await echo(DATA) == DATA, "lines": lines}
    for name in ("no mark", "a gap", "cut off"):
        async with by_hand(name) as echo:
            try:
                await echo(DATA)
            except ipc.RpcError as failure:
                told[name] = {"error": failure.code}
            if name != "cut off":
                told[name]["next"] = await echo(DATA[:5000]) == DATA[:5000]  # type: ignore[index]
    return told


print(json.dumps(asyncio.run(outcomes())))
