"""A host whose child writes its messages by hand: wire_host.py <scenario> <way>."""

from __future__ import annotations

import asyncio
import json
import sys

from generated import simple_ipc as ipc
from generated import wire as w
from generated import wire_host as h

NAME, WAY = sys.argv[1:3]
CHILD = [sys.executable, "wire_by_hand.py", NAME]


class Handlers(h.HostHandlers[h.host.PeerT]):
    """What the child may ask."""

    def host_about(self, context):  # type: ignore[no-untyped-def]
        return {**context.meta, "for": str(context.for_call)}

    def host_numbers(self, params, context):  # type: ignore[no-untyped-def]
        yield from range(params.to)


def read_items() -> dict[str, object]:
    items: list[int] = []
    with h.spawn(CHILD, Handlers()) as client:
        try:
            stream = client.numbers(w.NumbersParams(to=3000))
            for item in stream:
                items.append(item)
            return {"items": items, "end": stream.result()}
        except ipc.RpcError as failure:
            return {"items": items, "end": failure.code, "why": str(failure)}


async def read_items_async() -> dict[str, object]:
    items: list[int] = []
    async with h.spawn_async(CHILD, Handlers()) as client:
        try:
            stream = client.numbers(w.NumbersParams(to=3000))
            async for item in stream:
                items.append(item)
            return {"items": items, "end": await stream.result()}
        except ipc.RpcError as failure:
            return {"items": items, "end": failure.code, "why": str(failure)}


outcome = read_items() if WAY == "threads" else asyncio.run(read_items_async())
if NAME == "items":
    with open("credited") as file:
        outcome["credited"] = int(file.read())
if NAME == "misfit":
    del outcome["why"]
print(json.dumps(outcome))
