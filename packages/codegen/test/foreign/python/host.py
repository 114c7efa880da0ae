"""Talks to a program that others have written, and prints what comes of it as JSON."""

from __future__ import annotations

import json
import queue
import sys
from typing import TYPE_CHECKING, cast

from generated import foreign, foreign_host
from generated import simple_ipc as ipc
from generated.simple_ipc import host

if TYPE_CHECKING:
    from typing import Literal

framing = cast("Literal['lines', 'headers']", sys.argv[1])
lines: queue.Queue[str] = queue.Queue()
told: dict[str, object] = {}
reports: list[object] = []


def start(child: foreign_host.ChildClient) -> None:
    told["name"] = child.initialize().name


options = host.Options(framing=framing, on_line=lines.put)
with foreign_host.spawn(sys.argv[2:], options=options, on_start=start) as client:
    params = foreign.WorkParams(n=7)
    told["work"] = client.work(params, on_progress=reports.append)
    told["reports"] = reports
    try:
        client.wait(timeout=0.1)
    except ipc.RpcTimeoutError:
        told["asked"] = client.asked()
    told["line"] = lines.get(timeout=10)
print(json.dumps(told))
