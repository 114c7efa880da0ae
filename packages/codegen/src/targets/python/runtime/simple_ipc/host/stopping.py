"""Ends the program of a session."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..durations import seconds_of
from ..errors import RpcError
from ..report import report
from .refusals import not_reading

if TYPE_CHECKING:
    from ..process.exit_report import ExitReport
    from ..process.program import Program
    from .options import Options
    from .refusals import Refusal


class Graces(NamedTuple):
    """How long each step of a stop waits, in seconds; None is as long as it takes."""

    input: float | None
    term: float | None


def graces_of(
    options: Options, input_grace: float | None, term_grace: float | None
) -> Graces:
    """Those that are passed, or else those of the options."""
    first = options.input_grace if input_grace is None else input_grace
    second = options.term_grace if term_grace is None else term_grace
    return Graces(seconds_of("input_grace", first), seconds_of("term_grace", second))


def stop_in_background(program: Program, graces: Graces) -> None:
    """Does not wait for the program to end."""

    def stop() -> None:
        try:
            program.stop(*graces)
        except RpcError as failure:
            report(f"simple-ipc: {failure}")

    name = f"simple-ipc-stop-{program.pid}"
    threading.Thread(target=stop, name=name, daemon=True).start()


class Flooded(Protocol):
    """The session of a program that floods its host."""

    program: Program

    @property
    def is_over(self) -> bool: ...
    def exit_report(self) -> ExitReport: ...
    def failed(self, what: str, failure: BaseException) -> None: ...
    def give_up(self, now: Refusal, later: Refusal | None = None) -> None: ...


def end_flood(session: Flooded, size: int, limit: int) -> None:
    """Gives up a program that goes on asking and does not read: `size` bytes wait."""
    session.program.input.discard()
    if session.is_over:
        return
    state = session.exit_report()
    why = not_reading(state, size, limit)
    if not state.in_flight:
        # No call fails with it.
        session.failed("the program", why.now("what it asked"))
    session.give_up(*why)
