"""Messages as they are on the wire."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from ..values.json_text import dump
from ..values.kinds import is_object

if TYPE_CHECKING:
    from collections.abc import Mapping

# The version of the protocol.
PROTOCOL: Final = 2
MAX_MESSAGE_BYTES: Final = 64 * 1024 * 1024
# How much may wait unread, on either side.
MAX_QUEUED_BYTES: Final = 64 * 1024 * 1024
SAFE_INTEGER: Final = 2**53 - 1

MessageId: TypeAlias = "int | str"

NO_MEMBERS: Final[Mapping[str, object]] = {}


def to_line(text: str) -> bytes:
    """A message as a line of bytes. Lone surrogates become U+FFFD."""
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text).encode() + b"\n"


def request(number: int, method: str, params: object, extras: str = "") -> bytes:
    rest = extras if params is None else f'{extras},"params":{dump(params)}'
    return to_line(f'{{"jsonrpc":"2.0","id":{number},"method":{dump(method)}{rest}}}')


def notification(method: str, params: object, extras: str = "") -> bytes:
    rest = extras if params is None else f'{extras},"params":{dump(params)}'
    return to_line(f'{{"jsonrpc":"2.0","method":{dump(method)}{rest}}}')


def result(call: MessageId, value: object) -> bytes:
    return to_line(f'{{"jsonrpc":"2.0","id":{dump(call)},"result":{dump(value)}}}')


def error(
    call: MessageId | None, code: int, message: str, data: object = None
) -> bytes:
    failure = dump(error_members(code, message, data))
    return to_line(f'{{"jsonrpc":"2.0","id":{dump(call)},"error":{failure}}}')


def error_members(code: int, message: str, data: object) -> Mapping[str, object]:
    failure: dict[str, object] = {"code": code, "message": message}
    if data is not None:
        failure["data"] = data
    return failure


def cancel(number: int) -> bytes:
    return notification("$/cancelRequest", {"id": number})


def credit(number: int, items: int) -> bytes:
    return notification("$/credit", {"id": number, "items": items})


def message_id(value: object) -> MessageId | None:
    """The id if it is one: a string, or a number whose value is an integer within
    ±(2^53 - 1).
    """
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if (
        isinstance(value, int)
        and value is not True
        and value is not False
        and -SAFE_INTEGER <= value <= SAFE_INTEGER
    ):
        return value
    return None


def members_of(value: object) -> Mapping[str, object]:
    """The members of an object; none of anything else."""
    return value if is_object(value) else NO_MEMBERS
