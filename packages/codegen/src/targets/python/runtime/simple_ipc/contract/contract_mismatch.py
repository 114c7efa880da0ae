"""The error for a child that has another contract than its host."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..errors import RpcError
from ..printable import printable
from ..values.json_text import dump
from ..wire.messages import PROTOCOL, members_of
from .compare_contracts import breaking_differences

if TYPE_CHECKING:
    from .contract import Contract


def contract_mismatch(ours: Contract, document: object) -> RpcError | None:
    """The error for a child whose contract this is; None if all that either side may
    send is accepted by the other.
    """
    differences = breaking_differences(ours, document)
    if not differences:
        return None
    lines = "\n".join(
        f"  - {printable(f'{side} {member}{path}: {message}', 1000)}"
        for side, member, path, message in differences
    )
    theirs = members_of(members_of(document).get("info"))
    name = theirs.get("title")
    other = (
        "These are two contracts: check which generated file the other side loads. "
        if isinstance(name, str) and name != ours.name
        else ""
    )
    ending = f"match ours,{_shown(ours.name, ours.version)}"
    return RpcError(
        "CONTRACT_MISMATCH",
        f"The other side's contract{_shown(name, theirs.get('version'))} does not "
        f"{ending}{_file_of(ours)}:\n{lines}\n"
        f"{other}"
        "Generate its code again from this contract, or pass verify=False to continue "
        "at your own risk",
        {"differences": [difference._asdict() for difference in differences]},
        short_message=f"The other side's contract does not {ending}",
    )


def protocol_mismatch(theirs: object) -> RpcError:
    """The error for a child that speaks another version of the protocol."""
    shown = dump(theirs)[:100]
    return RpcError(
        "CONTRACT_MISMATCH",
        f"The other side speaks version {shown} of the simple-ipc protocol, this side "
        f"version {PROTOCOL}: generate the code of both with the same simple-ipc, and "
        "start them again",
        {"protocol": theirs},
        short_message="The other side speaks another version of the protocol",
    )


def _shown(name: object, version: object) -> str:
    """A contract's name and version, each in one line; the other side's may be
    anything.
    """
    words = [f"'{name}'" if isinstance(name, str) else "", version]
    if not words[0]:
        return ""
    lines = [" ".join(word[:200].split()) for word in words if isinstance(word, str)]
    return f" {printable(' '.join(lines))}"


def _file_of(ours: Contract) -> str:
    """The generated file that is of this contract."""
    for module in list(sys.modules.values()):
        if getattr(module, "CONTRACT", None) is ours:
            return f" ({getattr(module, '__file__', None) or module.__name__})"
    return ""
