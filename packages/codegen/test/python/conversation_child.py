"""The child of the conversation table: test/cases/conversation.ts in Python."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Generator, Sequence
from typing import Any, NoReturn

from generated import conversation as c
from generated import simple_ipc as ipc

Progressless = ipc.Context[NoReturn, c.HostClient]


class Child(c.ChildHandlers):
    """Answers every kind of call."""

    def __init__(self) -> None:
        self._told: list[str] = []
        self._counted = 0

    @staticmethod
    def _log_end(method: str, context: ipc.Context[Any, c.HostClient]) -> None:
        state = "true" if context.cancelled else "false"
        context.peer.log(c.LogParams(text=f"{method} ended, cancelled {state}"))

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
                if n == params.fail_at:
                    raise c.CountHaltedError(c.Number(value=n), "halted")
                if n % 100 == 0:
                    context.progress(n)
                self._counted += 1
                yield c.CountItem(n=n, fill="x" * (params.size or 0))
        finally:
            self._log_end("count", context)
        return params.to

    def counted(self, context: Progressless) -> int:
        return self._counted

    def fill(self, params: c.FillParams, context: Progressless) -> str:
        return "x" * params.size

    def slow(self, params: c.SlowParams, context: Progressless) -> bool:
        try:
            return context.wait(params.seconds)
        finally:
            self._log_end("slow", context)

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
        library.puts(b"from below")
        library.fflush(None)

    def say(self, params: c.SayParams, context: Progressless) -> None:
        context.peer.send_plain_line(params.text)

    def stubborn(self, params: c.StubbornParams, context: Progressless) -> bool:
        if params.deaf:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        print("stubborn", file=sys.stderr, flush=True)
        time.sleep(params.seconds)
        return True

    def quit(self, params: c.QuitParams, context: Progressless) -> None:
        print(params.text, file=sys.stderr, flush=True)
        os._exit(params.code)

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
