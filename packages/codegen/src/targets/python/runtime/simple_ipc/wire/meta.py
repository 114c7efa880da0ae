"""What a request or a notification carries beside its params."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ..values.json_text import dump
from ..values.kinds import is_object
from ..values.nothing_more import NOTHING_MORE
from .messages import MessageId, message_id, to_line

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_BYTES: Final = 8 * 1024


class Extras(NamedTuple):
    """Meta, and the id of the call of ours that a message serves."""

    meta: Mapping[str, str] = NOTHING_MORE
    for_call: MessageId | None = None


NO_EXTRAS: Final = Extras()


def read_extras(message: Mapping[str, object]) -> Extras | None:
    """Those of a message; None if its meta is none."""
    meta: dict[str, str] = {}
    found = message.get("meta", NOTHING_MORE)
    if not is_object(found):
        return None
    for name, value in found.items():
        if not isinstance(value, str):
            return None
        meta[name] = value
    if meta and _size_of(meta) > _MOST_BYTES:
        return None
    return Extras(meta, message_id(message.get("for")))


def written_extras(
    what: str, meta: Mapping[str, str], for_call: MessageId | None
) -> str:
    """The members as text, each behind a comma. Raises TypeError or ValueError for meta
    that cannot be sent.
    """
    text = "" if for_call is None else f',"for":{dump(for_call)}'
    if not meta:
        return text
    for name, value in meta.items():
        if not (_is_string(name) and _is_string(value)):
            raise TypeError(
                f"{what} was not sent: meta must hold strings by their names, not "
                f"{type(value).__name__}: use str(…)"
            )
    size = _size_of(meta)
    if size > _MOST_BYTES:
        raise ValueError(
            f"{what} was not sent: its meta has {size} bytes as JSON, the limit is "
            f"{_MOST_BYTES}: send what is large in params"
        )
    return f',"meta":{dump(dict(meta))}{text}'


def _is_string(value: object) -> bool:
    return isinstance(value, str)


def _size_of(meta: Mapping[str, str]) -> int:
    return len(to_line(dump(dict(meta)))) - 1
