"""Progress on its way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import RpcError
from ..values.faults import InvalidValueError, misfit
from ..values.raw_bytes import written

if TYPE_CHECKING:
    from ..wire.raw_message import Line
    from .interfaces import AnsweredRequest, AnsweringPeer


def progress_line(request: AnsweredRequest, value: object, peer: AnsweringPeer) -> Line:
    """A progress report as a line.

    Raises `RpcError` for a value that does not fit the contract, or is larger than the
    limit.
    """
    refused = f"Progress of {request.name} was not sent: "
    try:
        params = {"token": request.id, "value": written(request.method.progress, value)}
    except InvalidValueError as fault:
        why = "it does not fit the contract: progress"
        raise misfit("INVALID_PROGRESS", refused + why, fault) from fault
    line, limit = peer.writer.notification("$/progress", params), peer.max_message_bytes
    if len(line) > limit + 1:
        why = f"its message is over {limit} bytes"
        raise RpcError("MESSAGE_TOO_LARGE", refused + why)
    return line
