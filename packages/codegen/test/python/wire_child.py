"""A child whose messages are looked at by hand: test/python/wire-contract.ts in Python."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator, Mapping

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
        self, params: w.LaterNumbersParams, context: w.LaterNumbersCoroutineContext
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

    def about(self, params: w.AboutParams, context: w.AboutContext) -> w.AboutResult:
        meta: Mapping[str, str] | None = {"own": "x"}
        if params.how == "none":
            meta = None
        elif params.how == "large":
            meta = {"large": "x" * 8192}
        context.peer.heard(w.HeardParams(text=params.how), meta=meta)
        host = context.peer.host_about(meta=meta)
        return w.AboutResult(meta=context.meta, for_=str(context.for_call), host=host)

    async def later_about(
        self, context: w.LaterAboutCoroutineContext
    ) -> Mapping[str, str]:
        return await context.peer.host_about()

    def places(
        self, params: w.PlacesParams, context: w.PlacesContext
    ) -> Generator[bytes, None, list[bytes]]:
        either = params.either if isinstance(params.either, bytes) else b""
        beside = params.beside if isinstance(params.beside, bytes) else b""
        data, place = params.pair
        found = [either, beside, *params.named.values(), data, params.maybe or b""]
        if list(place) != [0, 5000]:
            raise w.PlacesBrokenError(data, "broken")
        context.progress(data)
        yield from found
        return found

    def echo(self, params: w.EchoParams, context: w.EchoContext) -> bytes:
        return params.data


if __name__ == "__main__":
    w.serve(Child())
