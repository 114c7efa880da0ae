"""A child of child.test.ts: it gets little more memory than it has when it starts."""

from __future__ import annotations

import resource
from pathlib import Path

import conversation_child
from generated import conversation as c

_ROOM = 24 * 1024 * 1024


def limit_memory(_: object) -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + _ROOM
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    c.serve(conversation_child.Child(), on_start=limit_memory)
