"""What goes wrong at this end, for whoever listens; for people if nobody does."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

from ..printable import printable
from ..raised import AnyRaised
from ..report import report
from .failure_text import report_failure

if TYPE_CHECKING:
    from collections.abc import Callable

# What a flood may write to stderr in a while.
_SECONDS: Final = 10.0
_FAILURES: Final = 100
_MISFITS: Final = 10


class Reporter:
    """Hands failures to `on_error`, and messages that break the contract or the
    protocol to `on_protocol_error`. What has no callback is written to stderr, but not
    all of a flood.
    """

    def __init__(
        self,
        on_error: Callable[[BaseException], object] | None = None,
        on_protocol_error: Callable[[str, object], object] | None = None,
        *,
        shows_answered: bool = True,
    ) -> None:
        # A foreign child may keep to itself what it was answered; a host does not.
        self._shows_answered = shows_answered
        self._on_error = on_error
        self._on_protocol_error = on_protocol_error
        self._failures = _Allowance(_FAILURES)
        self._misfits = _Allowance(_MISFITS)

    def failed(self, what: str, failure: BaseException) -> None:
        """A handler or callback raised something."""
        callback = self._on_error
        if callback is not None:
            _attempt("on_error", lambda: callback(failure))
        elif self._failures.take("failures"):
            report_failure(what, failure)

    def misfit(self, message: str, value: object, *, is_answered: bool = False) -> None:
        """The other side sent what it may not: a sentence, and what it was; it was told
        so itself where `is_answered`.
        """
        callback = self._on_protocol_error
        if callback is not None:
            _attempt("on_protocol_error", lambda: callback(message, value))
        elif (self._shows_answered or not is_answered) and self._misfits.take(
            "such messages"
        ):
            report(f"simple-ipc: {printable(message)} (received {_shown(value)})")


def _attempt(name: str, run: Callable[[], object]) -> None:
    try:
        run()
    except AnyRaised as failure:
        report_failure(name, failure)


def _shown(value: object) -> str:
    """The value in Python's notation; a large one is not walked as a whole."""
    # Rarely needed.
    from reprlib import Repr

    short = Repr()
    short.maxstring = short.maxother = 100
    return printable(short.repr(value))


class _Allowance:
    """How much may be written in a while."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._left = most
        self._since = float("-inf")
        self._lock = threading.Lock()

    def take(self, what: str) -> bool:
        now = time.monotonic()
        with self._lock:
            if now - self._since >= _SECONDS:
                self._since, self._left = now, self._most
            self._left -= 1
            left = self._left
        if left == -1:
            report(f"simple-ipc: further {what} are not shown for {_SECONDS:.0f} s")
        return left >= 0
