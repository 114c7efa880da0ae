"""Why a call is not sent, or not answered any more."""

from __future__ import annotations

from ..errors import RpcError


def too_large(name: str, limit: int) -> str:
    """Why a message was not sent."""
    return f"{name} was not sent: its message is over the limit of {limit} bytes"


def host_closed(method: str) -> RpcError:
    """The other side sends nothing more."""
    return RpcError(
        "HOST_CLOSED", f"{method} was not answered: the host closed the connection"
    )
