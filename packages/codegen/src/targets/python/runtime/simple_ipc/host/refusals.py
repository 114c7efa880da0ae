"""Why calls fail when a session ends: each with an error of its own, that names it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from ..errors import RpcError
from ..peer.failure_text import failure_line
from ..process.exit_report import WorkerExitedError

if TYPE_CHECKING:
    from ..process.exit_report import ExitReport

Refusal = Callable[[str], RpcError]
"""Makes the error of a call from the name of its method."""


class Refusals(NamedTuple):
    """The error of a call under way, and that of a later one."""

    now: Refusal
    later: Refusal


def _refusal(what: str) -> Refusal:
    return lambda method: RpcError("STOPPED", f"{method} {what}")


STOPPED: Final = Refusals(
    _refusal("was not answered: the client was stopped"),
    _refusal("was not sent: the client is stopped"),
)


def exited(state: ExitReport, why: str = "") -> Refusals:
    """The program has ended, or cannot be used as it is; `why` is what it did then."""
    shortly = f"the program {why}" if why else state.describe_shortly()
    before = f"it {why}: " if why else ""

    def refusal(what: str) -> Refusal:
        return lambda method: WorkerExitedError(
            f"{method} {what}: {before}{state}",
            state,
            short_message=f"{method} {what}: {shortly}",
        )

    return Refusals(refusal("was not answered"), refusal("was not sent"))


def unsent(*, is_verified: bool) -> str:
    """What became of a call that is too late and was held."""
    if is_verified:
        return "it was not sent, because on_start has not returned"
    why = "the other side has not said which contract it has"
    return f"it was not sent, because {why}"


def queue_full(what: str, size: int, limit: int) -> RpcError:
    """More bytes than may wait for the program do already."""
    return RpcError(
        "QUEUE_FULL",
        f"{what} was not sent: {size} bytes wait for the other side already, the limit "
        f"is {limit} (max_queued_bytes); wait before you send more, or raise it",
    )


def copied(what: str) -> RuntimeError:
    """A client is used in a copy of the process that started its program."""
    return RuntimeError(
        f"{what} was not sent: this process is a copy, made by fork, of the one that "
        "started the program; start another one here"
    )


def unreadable(failure: BaseException) -> Refusals:
    """What the program writes cannot be read."""

    def refusal(what: str) -> Refusal:
        def error(method: str) -> RpcError:
            why = f"reading the program's output failed: {failure_line(failure)}"
            lost = RpcError(
                "UNREADABLE_MESSAGE",
                f"{method} {what}: {why}",
                short_message=f"{method} {what}: the program's output cannot be read",
            )
            lost.__cause__ = failure
            return lost

        return error

    return Refusals(refusal("was not answered"), refusal("was not sent"))


def not_reading(state: ExitReport, size: int, limit: int) -> Refusals:
    """The program goes on asking and does not read its answers."""

    def refusal(what: str) -> Refusal:
        return lambda method: RpcError(
            "QUEUE_FULL",
            f"{method} {what}: the program goes on asking and does not read: {size} "
            f"bytes wait for it, the limit is {limit} (max_queued_bytes), and was "
            f"stopped\n{state}",
        )

    return Refusals(refusal("was not answered"), refusal("was not sent"))
