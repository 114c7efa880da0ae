"""A host whose calls carry something beside their params: wire_meta_host.py <way>."""

from __future__ import annotations

import asyncio
import itertools
import json
import sys

from generated import wire as w
from generated import wire_host as h

CHILD = [sys.executable, "wire_child.py"]
MORE = ({}, {"mine": "y"}, None)
count = itertools.count(1)
options = h.host.Options(meta=lambda: {"count": str(next(count))})


class Handlers(h.HostHandlers[h.host.PeerT]):
    """What the child may ask."""

    def host_about(self, context):  # type: ignore[no-untyped-def]
        return {**context.meta, "for": str(context.for_call)}

    def host_numbers(self, params, context):  # type: ignore[no-untyped-def]
        yield from range(params.to)


def told(about: w.AboutResult) -> object:
    return {"meta": about.meta, "host": about.host}


def on_threads() -> list[object]:
    with h.spawn(CHILD, Handlers(), options) as client:
        params = w.AboutParams(how="more")
        return [told(client.about(params, meta=meta)) for meta in MORE]


async def on_coroutines() -> list[object]:
    async with h.spawn_async(CHILD, Handlers(), options) as client:
        params = w.AboutParams(how="more")
        return [told(await client.about(params, meta=meta)) for meta in MORE]


print(json.dumps(on_threads() if sys.argv[1] == "threads" else asyncio.run(on_coroutines())))
