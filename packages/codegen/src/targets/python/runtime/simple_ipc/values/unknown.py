"""Objects whose tag a contract does not list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from . import faults
from .kinds import Json, kind_of
from .objects import members


@dataclass(frozen=True, slots=True)
class Unknown:
    """An object of an open union, of a version of the contract that knows more tags.

    Only receiving creates one. Sent back, it is on the wire as it was.
    """

    kind: str | float | bool | None
    """The value of its tag."""
    raw: Mapping[str, Json]
    """The object as it came."""


def open_tag(value: object, at: str, name: str, *tags: object) -> object:
    """The tag of an open union's object: one of `tags`, or the object as an `Unknown`
    if its tag is another one of their kinds.
    """
    found = members(value, at)
    if name not in found:
        raise faults.missing(at, name)
    mark = found[name]
    kind = kind_of(mark)
    for known in tags:
        if kind == kind_of(known) and mark == known:
            return known
    kinds = list(dict.fromkeys(map(kind_of, tags)))
    if kind not in kinds:
        raise faults.wrong_kind(mark, at + faults.step(name), *kinds)
    return Unknown(
        cast("str | float | bool | None", mark), cast("Mapping[str, Json]", found)
    )
