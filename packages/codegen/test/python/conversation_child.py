"""The child that test/conversation-python.test.ts talks to."""

from __future__ import annotations

import asyncio
import ctypes
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator, Sequence
from typing import NoReturn

from generated import conversation as c
from generated import simple_ipc as ipc

Progressless = ipc.Context[NoReturn, c.HostClient]


class Child(c.ChildHandlers):
    """Answers every kind of call."""

    def __init__(self) -> None:
        self._told: list[str] = []

    def add(self, params: c.AddParams, context: Progressless) -> float:
        return params[0] + params[1]

    def echo(self, params: c.EchoParams, context: Progressless) -> str:
        return params.text

    def nothing(self, context: Progressless) -> None:
        pass

    def fail(self, params: c.FailParams, context: Progressless) -> int:
        if params.how == "declared":
            raise c.FailDeclaredError(c.Number(value=1.5), "as declared")
        if params.how == "bare":
            raise c.FailBareError
        if params.how == "result":
            return 2**60
        raise ValueError("crashed on purpose")

    def count(
        self, params: c.CountParams, context: ipc.Context[int, c.HostClient]
    ) -> Generator[c.CountItem, None, int]:
        try:
            for n in range(params.to):
                if n % 100 == 0:
                    context.progress(n)
                yield c.CountItem(n=n, fill="x" * (params.size or 0))
        finally:
            context.peer.log(c.LogParams(text=f"count ended, cancelled {context.cancelled}"))
        return params.to

    def slow(self, params: c.SlowParams, context: Progressless) -> bool:
        return context.wait(params.seconds)

    def nest(self, params: c.NestParams, context: Progressless) -> int:
        if params.depth == 0:
            return 0
        return 1 + context.peer.nest(c.HostNestParams(depth=params.depth - 1))

    async def later(self, params: c.Number, context: Progressless) -> float:
        await asyncio.sleep(0.01)
        return params.value * 2

    async def later_count(
        self, params: c.LaterCountParams, context: Progressless
    ) -> AsyncGenerator[int | ipc.Result[int], None]:
        for n in range(params.to):
            if n % 50 == 0:
                await asyncio.sleep(0)
            yield n
        yield ipc.Result(params.to)

    def noise(self, context: Progressless) -> None:
        print('{"jsonrpc":"2.0","id":1,"result":"from print"}')
        subprocess.run([sys.executable, "-c", "print('from a subprocess')"], check=True)
        library = ctypes.CDLL(None)
        library.puts(b"from C")
        library.fflush(None)

    def told(self, context: Progressless) -> Sequence[str]:
        return self._told

    def tell(self, params: c.TellParams) -> None:
        self._told.append(params.text)

    def tell_and_report(self, params: c.TellAndReportParams) -> None:
        self._told.append(params.text)

    def sum(self, params: c.SumParams, context: Progressless) -> int:
        numbers = context.peer.numbers(c.NumbersParams(to=params.to))
        if params.to < 0:
            try:
                return numbers.result()
            except c.NumbersTooManyError as error:
                return int(error.data.value)
        total = 0
        for n in numbers:
            total += n
        return total + numbers.result()


if __name__ == "__main__":
    c.serve(Child())
