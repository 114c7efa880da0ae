"""The error with which the other side answered a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from .. import errors
from ..errors import CancelledError, DeclaredError, RpcError
from ..values.faults import InvalidValueError
from ..values.json_text import UnreadableError, dump
from ..values.raw_bytes import read
from ..wire.messages import members_of, message_id

if TYPE_CHECKING:
    from collections.abc import Sequence

ErrorReader = tuple[type[DeclaredError[Any]], Callable[[object, str], object]]
"""An error that the contract declares, and the function that reads its data."""


def remote_error(
    failure: object, method: str, declared: Sequence[ErrorReader]
) -> RpcError:
    """The exception for the `error` member of an answer, which may be anything."""
    members = members_of(failure)
    code, message = message_id(members.get("code")), members.get("message")
    if not isinstance(code, int):
        code = errors.INTERNAL_ERROR
    if not isinstance(message, str):
        message = f"{method} failed with {dump(failure)}"
    if code == errors.REQUEST_CANCELLED:
        cancelled = CancelledError(message, short_message=_short_text(code, method))
        cancelled.code = code
        return cancelled
    data = members.get("data")
    for error, decode in declared:
        if code == error.CODE:
            try:
                return error.received(read(decode, data), message)
            except (InvalidValueError, UnreadableError):
                # It is not the error that the contract declares.
                break
    return RpcError(code, message, data, short_message=_short_text(code, method))


_SHORT_TEXTS: Final = {
    errors.METHOD_NOT_FOUND: "does not exist on the other side",
    errors.INVALID_PARAMS: "was called with invalid params",
    errors.INTERNAL_ERROR: "failed",
    errors.REQUEST_CANCELLED: "was cancelled",
    errors.SHUTTING_DOWN: "was not answered: the other side is stopping",
    errors.BUSY: "was not answered: the other side is busy",
}


def _short_text(code: int, method: str) -> str:
    """What people outside are told of an error that the contract does not declare: its
    message may say anything.
    """
    return f"{method} {_SHORT_TEXTS.get(code, f'failed with code {code}')}"
