"""The error with which a failed handler is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard

from .. import errors
from ..errors import DeclaredError, RpcError
from ..report import report
from ..values.faults import InvalidValueError, issues
from ..wire.messages import members_of
from .failure_text import failure_line, traceback_text

if TYPE_CHECKING:
    from ..contract.contract import Method


class ErrorResponse(NamedTuple):
    """An error as it goes out."""

    code: int
    message: str
    data: object = None


def error_response(
    failure: BaseException, name: str, method: Method, *, debug: bool, is_told: bool
) -> ErrorResponse:
    """The answer for a failure of the handler of `name`.

    Only an error that the method declares goes out under its own code. People are told
    of every other one, where `is_told`.
    """
    response = _declared_response(failure, method)
    if response is not None and response.code != errors.INTERNAL_ERROR:
        return response
    response = response or _internal_error(failure)
    if not (is_told or debug):
        return response
    stack = traceback_text(failure)
    if is_told:
        report(f"simple-ipc: the handler of '{name}' failed:\n{stack}")
    if not debug:
        return response
    data = {**members_of(response.data), "stack": stack}
    return response._replace(data=data)


def _declared_response(failure: BaseException, method: Method) -> ErrorResponse | None:
    """The answer for an error that the method declares."""
    if not _is_declared(failure):
        return None
    write = method.errors.get(type(failure))
    if write is None:
        return None
    try:
        return ErrorResponse(failure.CODE, failure.message, write(failure.data, ""))
    except InvalidValueError as fault:
        message = f"{failure.message} (its data{fault})"
        return ErrorResponse(errors.INTERNAL_ERROR, message, issues(fault))


def _internal_error(failure: BaseException) -> ErrorResponse:
    if isinstance(failure, RpcError):
        # What this call could not send: the message names it already.
        if failure.code == "MESSAGE_TOO_LARGE":
            data: object = {"reason": failure.code}
            return ErrorResponse(errors.INTERNAL_ERROR, failure.message, data)
        if failure.code in {"INVALID_ITEM", "INVALID_PROGRESS"}:
            return ErrorResponse(errors.INTERNAL_ERROR, failure.message, failure.data)
    return ErrorResponse(errors.INTERNAL_ERROR, failure_line(failure))


def _is_declared(failure: BaseException) -> TypeGuard[DeclaredError[Any]]:
    return isinstance(failure, DeclaredError)
