"""The generated child: items are checked, and credit is awaited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generated.counter import ChildHandlers, CountItem, CountParams, serve
from generated.simple_ipc import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generated.counter import CountContext


class Counter(ChildHandlers):
    def count(
        self, params: CountParams, context: CountContext
    ) -> Iterator[CountItem | Result[int]]:
        for n in range(params.to):
            yield CountItem(n=n)
        yield Result(params.to)


if __name__ == "__main__":
    serve(Counter())
