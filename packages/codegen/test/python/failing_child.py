"""The child of failures.test.ts: its handlers fail as failing.py says.

Its arguments are the form of its handlers, and those of `serve`, as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncGenerator, Generator
from typing import Any, cast

import conversation_child
from failing import NAMES, fail
from generated import conversation as c
from generated import simple_ipc as ipc

CountContext = ipc.Context[int, c.HostClient]


class Plain(conversation_child.Child):
    def echo(
        self, params: c.EchoParams, context: conversation_child.Progressless
    ) -> str:
        return fail(params.text)

    def count(
        self, params: c.CountParams, context: CountContext
    ) -> Generator[c.CountItem, None, int]:
        yield c.CountItem(n=0, fill="")
        fail(NAMES[params.to])
        return 0

    def tell(self, params: c.TellParams) -> None:
        fail(params.text)


class Coroutines(Plain):
    async def echo(
        self, params: c.EchoParams, context: conversation_child.Progressless
    ) -> str:
        return fail(params.text)

    async def count(
        self, params: c.CountParams, context: CountContext
    ) -> AsyncGenerator[c.CountItem | ipc.Result[int], None]:
        yield c.CountItem(n=0, fill="")
        fail(NAMES[params.to])


class Misfits(Plain):
    """What it says does not fit."""

    def echo(self, params: Any, context: Any) -> Any:
        return b"bytes"

    def count(self, params: Any, context: Any) -> Any:
        if params.to:
            context.progress("some")
        yield {"n": 1}

    def fail(self, params: Any, context: Any) -> Any:
        raise c.FailDeclaredError(cast("c.Number", 3), "as declared")


if __name__ == "__main__":
    forms = {"plain": Plain, "coroutines": Coroutines, "misfits": Misfits}
    c.serve(forms[sys.argv[1]](), **json.loads(sys.argv[2]))
