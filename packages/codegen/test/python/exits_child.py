"""The child of child.test.ts whose handlers end the program, in the form that its
argument names.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, Generator

import conversation_child
from generated import conversation as c
from generated import simple_ipc as ipc

CountContext = ipc.Context[int, c.HostClient]


class Plain(conversation_child.Child):
    def slow(
        self, params: c.SlowParams, context: conversation_child.Progressless
    ) -> bool:
        raise SystemExit(3)

    def count(
        self, params: c.CountParams, context: CountContext
    ) -> Generator[c.CountItem, None, int]:
        yield c.CountItem(n=0, fill="")
        raise SystemExit(3)


class Coroutines(conversation_child.Child):
    async def slow(
        self, params: c.SlowParams, context: conversation_child.Progressless
    ) -> bool:
        raise SystemExit(3)

    async def count(
        self, params: c.CountParams, context: CountContext
    ) -> AsyncGenerator[c.CountItem | ipc.Result[int], None]:
        yield c.CountItem(n=0, fill="")
        raise SystemExit(3)


if __name__ == "__main__":
    c.serve({"plain": Plain, "coroutines": Coroutines}[sys.argv[1]]())
