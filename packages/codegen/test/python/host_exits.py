"""Handlers for the hosts of host.test.ts, with threads and on asyncio."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from typing import NoReturn

from generated import conversation as c
from generated import conversation_host as h
from generated import simple_ipc as ipc
from generated.simple_ipc.host import PeerT


class Exits(h.HostHandlers[PeerT]):
    """Tries to end the program in every handler."""

    def nest(self, params: c.HostNestParams, context: ipc.Context[NoReturn, PeerT]) -> int:
        raise SystemExit(3)

    def numbers(
        self, params: c.NumbersParams, context: ipc.Context[NoReturn, PeerT]
    ) -> Generator[int, None, int]:
        yield params.to
        raise SystemExit(3)

    def log(self, params: c.LogParams) -> None:
        raise SystemExit(3)


class ExitingCoroutines(h.HostHandlers[PeerT]):
    """The same, as coroutines."""

    async def nest(self, params: c.HostNestParams, context: ipc.Context[NoReturn, PeerT]) -> int:
        raise SystemExit(3)

    async def numbers(
        self, params: c.NumbersParams, context: ipc.Context[NoReturn, PeerT]
    ) -> AsyncGenerator[int | ipc.Result[int], None]:
        yield params.to
        raise SystemExit(3)

    async def log(self, params: c.LogParams) -> None:
        raise SystemExit(3)
