"""The generated child: params and results are checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from generated.adder import AddParams, ChildHandlers, HostClient, serve

if TYPE_CHECKING:
    from generated.simple_ipc import Context


class Adder(ChildHandlers):
    def add(self, params: AddParams, context: Context[NoReturn, HostClient]) -> int:
        return params.a + params.b


if __name__ == "__main__":
    serve(Adder())
