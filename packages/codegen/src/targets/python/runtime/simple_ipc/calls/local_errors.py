"""Why a call fails on this side, although it was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import RpcError
from ..values.faults import misfit

if TYPE_CHECKING:
    from ..values.faults import InvalidValueError


def invalid_result(method: str, fault: InvalidValueError) -> RpcError:
    what = f"{method} answered with something that does not fit the contract: result"
    return misfit("INVALID_RESULT", what, fault)


def invalid_item(method: str, fault: InvalidValueError) -> RpcError:
    what = f"{method} sent an item that does not fit the contract: item"
    return misfit("INVALID_ITEM", what, fault)


def unreadable_answer(method: str, code: str, why: str) -> RpcError:
    """`why` may have some of the answer."""
    return RpcError(
        code,
        f"{method} was answered, but: {why}",
        short_message=f"{method} was answered with a message that cannot be read",
    )


def stream_overflow(method: str, limit: int) -> RpcError:
    return RpcError(
        "STREAM_OVERFLOW",
        f"{method} ignores the stream's window: more than {limit} bytes "
        "(max_queued_bytes) wait unread; it was cancelled",
    )
