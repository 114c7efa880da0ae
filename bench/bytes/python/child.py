"""The generated child: the bytes are given back as a view, as an array of numbers would give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generated.bytes import ChildHandlers, serve

if TYPE_CHECKING:
    from generated.bytes import EchoContext


class Echo(ChildHandlers):
    def echo(self, params: tuple[bytes], context: EchoContext) -> bytes:
        return params[0]


if __name__ == "__main__":
    serve(Echo())
