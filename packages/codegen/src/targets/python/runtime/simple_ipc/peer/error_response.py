"""The error with which a failed handler is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from .. import errors
from ..errors import DeclaredError, RpcError
from ..values.faults import InvalidValueError, issues

if TYPE_CHECKING:
    from ..contract.contract import Method


def error_response(failure: BaseException, method: Method) -> tuple[int, str, object]:
    """Code, message and data for a failure.

    Only an error that the method declares goes out under its own code.
    """
    if _is_declared(failure):
        write = method.errors.get(type(failure))
        if write is not None:
            try:
                return failure.CODE, failure.message, write(failure.data, "")
            except InvalidValueError as fault:
                return (
                    errors.INTERNAL_ERROR,
                    f"{failure.message} (its data{fault})",
                    issues(fault),
                )
    data: object = None
    if isinstance(failure, RpcError):
        if failure.code == "MESSAGE_TOO_LARGE":
            data = {"reason": failure.code}
        elif failure.code in {"INVALID_ITEM", "INVALID_PROGRESS"}:
            data = failure.data
        return errors.INTERNAL_ERROR, failure.message, data
    return errors.INTERNAL_ERROR, str(failure) or type(failure).__name__, data


def _is_declared(failure: BaseException) -> TypeGuard[DeclaredError[Any]]:
    return isinstance(failure, DeclaredError)
