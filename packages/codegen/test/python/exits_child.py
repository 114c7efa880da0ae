"""The child of child.test.ts whose handlers end the program, in the form that its
first argument names. The second is how many bytes its stdout, a pipe, holds.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Generator
from typing import Any

import conversation_child
from generated import conversation as c
from generated import simple_ipc as ipc

CountContext = ipc.Context[int, c.HostClient]


class Plain(conversation_child.Child):
    def slow(
        self, params: c.SlowParams, context: conversation_child.Progressless
    ) -> bool:
        context.peer.log(c.LogParams(text="last words"))
        raise SystemExit(3)

    def count(
        self, params: c.CountParams, context: CountContext
    ) -> Generator[c.CountItem, None, int]:
        yield c.CountItem(n=0, fill="")
        raise SystemExit(3)

    def tell(self, params: c.TellParams) -> None:
        raise SystemExit(3)


class Coroutines(conversation_child.Child):
    async def slow(self, params: c.SlowParams, context: Any) -> bool:
        await context.peer.log(c.LogParams(text="last words"))
        raise SystemExit(3)

    async def count(
        self, params: c.CountParams, context: CountContext
    ) -> AsyncGenerator[c.CountItem | ipc.Result[int], None]:
        yield c.CountItem(n=0, fill="")
        raise SystemExit(3)


class Tasks(conversation_child.Child):
    """Its handlers leave tasks behind, which raise what ends an event loop."""

    async def later(
        self, params: c.Number, context: conversation_child.Progressless
    ) -> float:
        async def fail() -> None:
            raise KeyboardInterrupt if params.value < 3 else SystemExit(3)

        self._task = asyncio.get_running_loop().create_task(fail())
        await asyncio.sleep(0.01)
        return params.value


if __name__ == "__main__":
    if len(sys.argv) > 2:
        import fcntl

        # What nobody reads is soon too much.
        fcntl.fcntl(1, fcntl.F_SETPIPE_SZ, int(sys.argv[2]))
    forms = {"plain": Plain, "coroutines": Coroutines, "tasks": Tasks}
    c.serve(forms[sys.argv[1]]())
