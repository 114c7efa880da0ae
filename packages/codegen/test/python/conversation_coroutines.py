"""The child of contexts.test.ts: its handlers are coroutines that call the host."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator, Sequence

from generated import conversation as c
from generated import simple_ipc as ipc


class Child(c.ChildHandlers):
    """Calls the host in every way."""

    host: c.HostClient

    async def nest(self, params: c.NestParams, context: c.NestCoroutineContext) -> int:
        if params.depth == 0:
            return 0
        deeper = c.HostNestParams(depth=params.depth - 1)
        return 1 + await context.peer.nest(deeper)

    async def sum(self, params: c.SumParams, context: c.SumCoroutineContext) -> int:
        numbers = context.peer.numbers(c.NumbersParams(to=params.to))
        total = 0
        async for number in numbers:
            total += number
        return total + await numbers.result()

    async def say(self, params: c.SayParams, context: c.SayCoroutineContext) -> None:
        await context.peer.log(c.LogParams(text=params.text))
        await context.peer.send_plain_line(params.text)

    async def later_count(
        self, params: c.LaterCountParams, context: c.LaterCountCoroutineContext
    ) -> AsyncGenerator[int | ipc.Result[int], None]:
        for number in range(params.to):
            yield number + await context.peer.nest(c.HostNestParams(depth=number))
        yield ipc.Result(0)

    async def slow(self, params: c.SlowParams, context: c.SlowCoroutineContext) -> bool:
        return context.wait(params.seconds)

    async def later(self, params: c.Number, context: c.LaterCoroutineContext) -> float:
        nothing = c.HostNestParams(depth=0)
        if params.value > 0:
            return await asyncio.to_thread(self.host.nest, nothing)
        return self.host.nest(nothing)

    async def stubborn(
        self, params: c.StubbornParams, context: c.StubbornCoroutineContext
    ) -> bool:
        call = asyncio.ensure_future(context.peer.nest(c.HostNestParams(depth=0)))
        await asyncio.sleep(0)
        call.cancel()
        await asyncio.wait([call])
        return call.cancelled()

    def fail(self, params: c.FailParams, context: c.FailContext) -> int:
        return 1 + context.peer.nest(c.HostNestParams(depth=0))

    def add(self, params: c.AddParams, context: c.AddContext) -> float:
        return params[0] + params[1]

    def echo(self, params: c.EchoParams, context: c.EchoContext) -> str:
        return params.text

    def nothing(self, context: c.NothingContext) -> None:
        pass

    def count(
        self, params: c.CountParams, context: c.CountContext
    ) -> Generator[c.CountItem, None, int]:
        yield c.CountItem(n=0, fill="")
        return 0

    def counted(self, context: c.CountedContext) -> int:
        return 0

    def fill(self, params: c.FillParams, context: c.FillContext) -> str:
        return ""

    def noise(self, context: c.NoiseContext) -> None:
        pass

    def quit(self, params: c.QuitParams, context: c.QuitContext) -> None:
        pass

    def told(self, context: c.ToldContext) -> Sequence[str]:
        return []


if __name__ == "__main__":
    child = Child()

    def started(host: c.HostClient) -> None:
        child.host = host

    c.serve(child, on_start=started)
