"""Each form in which `serve` takes what it serves, for the type checkers of lint.test.ts."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from types import TracebackType

import conversation_child
from generated import conversation as c


class Itself(conversation_child.Child):
    """Its class is a function that returns a context manager which yields handlers."""

    def __enter__(self) -> Itself:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        del kind, failure, trace


@contextmanager
def opened() -> Generator[conversation_child.Child, None, None]:
    yield conversation_child.Child()


@asynccontextmanager
async def opened_later() -> AsyncGenerator[Itself, None]:
    yield Itself()


def served(path: str) -> AbstractContextManager[c.ChildHandlers]:
    del path
    return opened()


forms: dict[str, Callable[[], None]] = {
    "handlers": lambda: c.serve(conversation_child.Child()),
    "a context manager": lambda: c.serve(opened, threads=2),
    "an asynchronous one": lambda: c.serve(opened_later),
    "a class": lambda: c.serve(Itself),
    "with an argument": lambda: c.serve(lambda: served("words.db")),
}
