"""The requests that every peer answers, whatever its contract says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..values.json_text import parse
from ..version import VERSION
from ..wire import messages as wire

if TYPE_CHECKING:
    from ..contract.contract import Contract
    from ..wire.messages import MessageId


def answer_reserved(call: MessageId, name: str, contract: Contract) -> bytes | None:
    """The answer to a request of the protocol's own; None for any other."""
    if name == "rpc.ping":
        return wire.result(call, None)
    if name == "rpc.contract":
        about = {
            "protocol": wire.PROTOCOL,
            "name": contract.name,
            "version": contract.version,
            "hash": contract.digest,
            "runtime": f"python/{VERSION}",
        }
        return wire.result(call, about)
    if name == "rpc.discover" and contract.openrpc:
        return wire.result(call, parse(contract.openrpc))
    return None
