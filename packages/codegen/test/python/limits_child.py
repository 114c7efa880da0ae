"""The child of child.test.ts: its handlers do what they should not.

Its arguments are those of `serve`, as JSON, and a file for which a handler waits.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path

import conversation_child
from generated import conversation as c
from generated import simple_ipc as ipc

_together = threading.Barrier(4)


class Child(conversation_child.Child):
    """Blocks where it should wait, and raises where it should end."""

    def slow(self, params: c.SlowParams, context: conversation_child.Progressless) -> bool:
        if params.seconds < 0:
            context.peer.log(c.LogParams(text="blocks"))
            while not Path(sys.argv[2]).exists():
                time.sleep(0.01)
            return False
        if params.seconds == 0:
            _together.wait()
            return True
        end = time.monotonic() + params.seconds
        while not context.cancelled and time.monotonic() < end:
            pass
        return context.cancelled

    def count(
        self, params: c.CountParams, context: ipc.Context[int, c.HostClient]
    ) -> Generator[c.CountItem, None, int]:
        if params.to < 0:
            context.progress(2**60)
        try:
            for n in range(params.to):
                yield c.CountItem(n=n, fill="x" * (params.size or 0))
        except GeneratorExit:
            raise ValueError("closed") from None
        return params.to


if __name__ == "__main__":
    c.serve(Child(), **json.loads(sys.argv[1]))
