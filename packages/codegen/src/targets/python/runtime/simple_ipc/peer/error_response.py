"""The error with which a failed handler is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeGuard

from .. import errors
from ..errors import DeclaredError, RpcError
from ..raised import AnyError
from ..values.faults import InvalidValueError, issues
from ..values.raw_bytes import written
from ..wire import messages as wire
from ..wire.messages import members_of
from .failure_text import failure_line, traceback_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..contract.contract import Method
    from ..wire.message_writer import MessageWriter
    from ..wire.raw_message import Line
    from .interfaces import FailedRequest, FailureReporter


_ENDS: Final = (errors.SHUTTING_DOWN, "HOST_CLOSED", "STOPPED")


class ErrorResponse(NamedTuple):
    """An error as it goes out."""

    code: int
    message: str
    data: object = None


def error_answer(
    request: FailedRequest,
    failure: BaseException,
    reporter: FailureReporter,
    *,
    debug: bool,
    is_told: bool,
    writer: MessageWriter,
) -> Line:
    """The answer to a request whose handler failed, as a line."""
    told = reporter if is_told else None
    response = error_response(failure, request.name, request.method, told, debug=debug)
    try:
        return writer.error(request.id, *response)
    except (TypeError, ValueError):
        # Its data are no JSON.
        return wire.error(request.id, response.code, response.message)


def error_response(
    failure: BaseException,
    name: str,
    method: Method,
    reporter: FailureReporter | None,
    *,
    debug: bool,
) -> ErrorResponse:
    """The answer for a failure of the handler of `name`.

    Only an error that the method declares goes out under its own code. Every other one
    is told to the reporter, if there is one.
    """
    try:
        response = _declared_response(failure, method)
        if response is not None and response.code != errors.INTERNAL_ERROR:
            return response
        response = response or _internal_error(failure)
    except AnyError:
        # One of ours that its class did not make as it should.
        response = ErrorResponse(errors.INTERNAL_ERROR, failure_line(failure))
    if reporter is not None and not _is_end(failure):
        reporter.failed(f"the handler of '{name}'", failure)
    if not debug:
        return response
    data = {**members_of(response.data), "stack": traceback_text(failure)}
    return response._replace(data=data)


def _is_end(failure: BaseException) -> bool:
    """Whether a call of the handler's own ended with the session: it is cancelled, and
    not at fault.
    """
    return isinstance(failure, RpcError) and getattr(failure, "code", None) in _ENDS


def _declared_response(failure: BaseException, method: Method) -> ErrorResponse | None:
    """The answer for an error that the method declares, a subclass of one, or a group
    that holds nothing else than one.
    """
    error = _only_one(failure)
    if not _is_declared(error):
        return None
    for kind, write in method.errors.items():
        if isinstance(error, kind):
            message = str(error.message)
            try:
                return ErrorResponse(kind.CODE, message, written(write, error.data))
            except InvalidValueError as fault:
                # For people, who see its traceback.
                error.__cause__ = error.__cause__ or fault
                message = f"{message} (its data{fault.on_wire})"
                return ErrorResponse(errors.INTERNAL_ERROR, message, issues(fault))
    return None


def _only_one(failure: BaseException) -> BaseException:
    """The error in a group that has one only, however deep; any other error itself."""
    while any(kind.__name__ == "BaseExceptionGroup" for kind in type(failure).__mro__):
        # Python 3.10 has groups of a package only.
        inner: Sequence[BaseException] = getattr(failure, "exceptions", ())
        if len(inner) != 1:
            return failure
        failure = inner[0]
    return failure


def _internal_error(failure: BaseException) -> ErrorResponse:
    if isinstance(failure, RpcError):
        # What this call could not send: the message names it already.
        if failure.code == "MESSAGE_TOO_LARGE":
            data: object = {"reason": failure.code}
            return ErrorResponse(errors.INTERNAL_ERROR, str(failure.message), data)
        if failure.code in {"INVALID_ITEM", "INVALID_PROGRESS"}:
            message, fault = str(failure.message), failure.__cause__
            if isinstance(fault, InvalidValueError):
                message = message.removesuffix(fault.found)
            return ErrorResponse(errors.INTERNAL_ERROR, message, failure.data)
    return ErrorResponse(errors.INTERNAL_ERROR, failure_line(failure))


def _is_declared(failure: BaseException) -> TypeGuard[DeclaredError[Any]]:
    return isinstance(failure, DeclaredError)
