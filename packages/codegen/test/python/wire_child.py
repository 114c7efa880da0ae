"""A child whose messages are looked at by hand: test/python/wire-contract.ts in Python."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator

from generated import simple_ipc as ipc
from generated import wire as w


class Child(w.ChildHandlers):
    """Answers as it is told."""

    def numbers(
        self, params: w.NumbersParams, context: w.NumbersContext
    ) -> Generator[int, None, int]:
        for n in range(params.to):
            if n == 3 and params.how == "pause":
                context.wait()
            if n == 3 and params.how == "progress":
                context.progress(n)
            yield 2**60 if n == 3 and params.how == "misfit" else n
        return params.to

    async def later_numbers(
        self, params: w.LaterNumbersParams, context: w.LaterNumbersAsyncContext
    ) -> AsyncGenerator[int | ipc.Result[int], None]:
        for n in range(params.to):
            if n == 3 and params.how == "pause":
                await asyncio.sleep(600)
            yield n
        yield ipc.Result(params.to)

    def texts(
        self, params: w.TextsParams, context: w.TextsContext
    ) -> Generator[str, None, None]:
        for _ in range(params.to):
            yield "x" * params.size

    def echo(self, params: w.EchoParams, context: w.EchoContext) -> bytes:
        return params.data


if __name__ == "__main__":
    w.serve(Child())
