"""Progress on its way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import RpcError
from ..values.faults import InvalidValueError, misfit
from ..wire import messages as wire

if TYPE_CHECKING:
    from .interfaces import AnsweredRequest


def progress_line(request: AnsweredRequest, value: object, limit: int) -> bytes:
    """A progress report as a line.

    Raises `RpcError` for a value that does not fit the contract, or is larger than the
    limit.
    """
    refused = f"Progress of {request.name} was not sent: "
    try:
        params = {"token": request.id, "value": request.method.progress(value, "")}
    except InvalidValueError as fault:
        why = "it does not fit the contract: progress"
        raise misfit("INVALID_PROGRESS", refused + why, fault) from fault
    line = wire.notification("$/progress", params)
    if len(line) > limit + 1:
        why = f"its message is over {limit} bytes"
        raise RpcError("MESSAGE_TOO_LARGE", refused + why)
    return line
