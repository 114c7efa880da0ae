"""The requests that every peer answers, whatever its contract says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from ..values.json_text import parse
from ..version import VERSION
from ..wire import messages as wire

if TYPE_CHECKING:
    from ..contract.contract import Contract
    from ..wire.message_parser import MessageParser
    from ..wire.message_writer import MessageWriter
    from ..wire.messages import MessageId
    from .interfaces import Outbox


class AgreeingPeer(Protocol):
    """A peer that may agree on how bytes are sent."""

    is_host: bool
    writer: MessageWriter
    outbox: Outbox

    @property
    def parser(self) -> MessageParser: ...


_MARK: Final = re.compile(r"[0-9a-f]{16}\Z")


def mark_of(params: object) -> str | None:
    """The mark of a side that takes bytes as they are."""
    members = wire.members_of(params)
    mark = members.get("mark")
    if members.get("bytes") != "raw" or not isinstance(mark, str):
        return None
    return mark if _MARK.match(mark) else None


def agree(peer: AgreeingPeer, mark: str) -> None:
    """Bytes go as they are from now on, both ways."""
    peer.parser.agree(mark)
    peer.writer.is_raw = True


def answers_reserved(
    peer: AgreeingPeer, contract: Contract, call: MessageId, name: str, params: object
) -> bool:
    """Answers a request of the protocol's own; returns whether it is one."""
    mark = mark_of(params) if name == "rpc.contract" and not peer.is_host else None
    ours = None if mark is None else peer.writer.mark
    answer = _answer(call, name, contract, ours)
    if answer is None:
        return False
    peer.outbox.put_now(answer)
    if mark is not None:
        agree(peer, mark)
    return True


def _answer(
    call: MessageId, name: str, contract: Contract, mark: str | None
) -> bytes | None:
    """The answer to a request of the protocol's own; None for any other. With `mark`
    we take bytes as they are, too, and that is ours.
    """
    if name == "rpc.ping":
        return wire.result(call, None)
    if name == "rpc.contract":
        about: dict[str, object] = {
            "protocol": wire.PROTOCOL,
            "name": contract.name,
            "version": contract.version,
            "hash": contract.digest,
            "runtime": f"python/{VERSION}",
        }
        if mark is not None:
            about.update(bytes="raw", mark=mark)
        return wire.result(call, about)
    if name == "rpc.discover" and contract.openrpc:
        return wire.result(call, parse(contract.openrpc))
    return None
