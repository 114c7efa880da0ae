"""Whether one side accepts everything that the other may send."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from ..values.json_text import dump
from ..values.kinds import is_array, is_object
from ..wire.messages import members_of
from .compare_keywords import stricter_keywords
from .comparison_limits import SchemaCosts, resolve_once

if TYPE_CHECKING:
    from .compare_keywords import Incompatibilities, Schema
    from .comparison_limits import StepBudget

_NOTHING: Final = sys.maxsize
_SHAPES: Final = frozenset({"type", "anyOf", "allOf", "const", "enum", "x-open"})


class Schemas:
    """Compares schemas of a sender with those of a receiver.

    Whatever it cannot judge counts as incompatible.
    """

    def __init__(self, *, sent: Schema, received: Schema, budget: StepBudget) -> None:
        self._sent = sent
        self._received = received
        self._budget = budget
        self._costs = SchemaCosts(sent), SchemaCosts(received)
        # A type that contains itself fits if the rest does: the pairs that are being
        # compared further up, by their depth.
        self._open: dict[tuple[int, int], int] = {}
        # The depth of the highest of these that what is being compared now rests on.
        self._assumed = _NOTHING
        # Pairs that were found to fit; they are kept, so that no other has their ids.
        self._fitting: dict[tuple[int, int], tuple[Schema, Schema]] = {}

    def incompatibilities(
        self, sent: object, received: object
    ) -> list[tuple[str, str]]:
        """Where a sent value may be refused; empty if nowhere."""
        mine, theirs = members_of(sent), members_of(received)
        self._budget.spend(self._costs[0].of(mine) + self._costs[1].of(theirs))
        pair = _resolved(mine, self._sent), _resolved(theirs, self._received)
        key = id(pair[0]), id(pair[1])
        above = self._open.get(key)
        if above is not None:
            self._assumed = min(self._assumed, above)
        if above is not None or key in self._fitting:
            return []
        depth = len(self._open)
        assumed, self._assumed = self._assumed, _NOTHING
        self._open[key] = depth
        found = list(self._shapes(*pair))
        del self._open[key]
        # What rests on a pair further up is known only when that one is.
        if self._assumed >= depth:
            self._assumed = _NOTHING
            if not found:
                self._fitting[key] = pair
        self._assumed = min(self._assumed, assumed)
        self._budget.spend(len(found))
        return found

    def _shapes(self, sent: Schema, received: Schema) -> Incompatibilities:
        if not _says_anything(received):
            return
        branches = _list(received.get("anyOf"))
        if any(not self.incompatibilities(sent, branch) for branch in branches):
            return
        if sent.get("x-open") and not received.get("x-open"):
            yield "", "may be a value that is not listed (Open), which is refused"
        elif "anyOf" in sent:
            for branch in _list(sent["anyOf"]):
                yield from self.incompatibilities(branch, received)
        elif (values := _values(sent)) is not None:
            for value in values:
                if not _accepts(received, value):
                    yield "", f"may be {dump(value)}, which is refused"
        elif branches:
            yield "", f"is {_described(sent)}, which fits no branch"
        elif "allOf" in sent or "allOf" in received:
            yield from self._all_of(sent, received)
        else:
            yield from self._plain(sent, received)

    def _all_of(self, sent: Schema, received: Schema) -> Incompatibilities:
        for wanted in _list(received.get("allOf")) or [received]:
            parts = _list(sent.get("allOf")) or [sent]
            if all(self.incompatibilities(part, wanted) for part in parts):
                yield "", "does not have all that is wanted (allOf)"

    def _plain(self, sent: Schema, received: Schema) -> Incompatibilities:
        kind, wanted = sent.get("type"), received.get("type")
        if kind != wanted and (kind, wanted) != ("integer", "number"):
            yield "", f"is {_described(sent)}, where {_described(received)} is wanted"
            return
        listed = None if received.get("x-open") else _values(received)
        if listed is not None:
            yield "", f"may be any {kind}, where {dump(listed)} is all"
        yield from stricter_keywords(sent, received)
        if kind == "object":
            yield from self._objects(sent, received)
        elif kind == "array":
            yield from self._arrays(sent, received)

    def _objects(self, sent: Schema, received: Schema) -> Incompatibilities:
        mine, theirs = _members(sent), _members(received)
        required = _list(sent.get("required"))
        for name in _list(received.get("required")):
            if name not in required:
                is_known = name in mine
                yield (
                    _step(name),
                    "may be absent, but is required"
                    if is_known
                    else "is missing, but required",
                )
        others = received.get("additionalProperties", {})
        patterns = received.get("patternProperties")
        for name, member in mine.items():
            if name in theirs or (others is not False and patterns is None):
                wanted = theirs.get(name, others if is_object(others) else {})
                for path, message in self.incompatibilities(member, wanted):
                    yield _step(name) + path, message
            elif patterns is None:
                yield _step(name), "is not a known member, and others are refused"
        yield from self._maps(sent, received)

    def _maps(self, sent: Schema, received: Schema) -> Incompatibilities:
        """Members whose names are free."""
        mine, theirs = _patterned(sent), _patterned(received)
        for names, entry in mine.items():
            wanted = theirs.get(names, theirs.get(""))
            if wanted is not None:
                for path, message in self.incompatibilities(entry, wanted):
                    yield f"/*{path}", message
            elif theirs or received.get("additionalProperties") is False:
                yield "", "is a map whose names may be refused"

    def _arrays(self, sent: Schema, received: Schema) -> Incompatibilities:
        mine, theirs = sent.get("items", {}), received.get("items", {})
        if is_array(theirs):
            if not is_array(mine) or len(mine) != len(theirs):
                yield "", f"is not a tuple of {len(theirs)}"
                return
            for index, (item, wanted) in enumerate(zip(mine, theirs, strict=True)):
                for path, message in self.incompatibilities(item, wanted):
                    yield f"/{index}{path}", message
            return
        for item in mine if is_array(mine) else [mine]:
            for path, message in self.incompatibilities(item, theirs):
                yield f"/*{path}", message


def _resolved(schema: Schema, types: Schema) -> Schema:
    found = schema
    while (target := resolve_once(found, types)) is not None:
        found = target
    return found


def _says_anything(schema: Schema) -> bool:
    return not schema.keys().isdisjoint(_SHAPES)


def _values(schema: Schema) -> list[object] | None:
    if "const" in schema:
        return [schema["const"]]
    return _list(schema["enum"]) if "enum" in schema else None


def _accepts(received: Schema, value: object) -> bool:
    listed = _values(received)
    kinds = _kinds(value)
    if listed is not None:
        is_open = bool(received.get("x-open"))
        return dump(value) in map(dump, listed) or (
            is_open and any(_kinds(other) == kinds for other in listed)
        )
    wanted = received.get("type")
    return wanted in kinds and not any(stricter_keywords({"type": wanted}, received))


def _kinds(value: object) -> tuple[str, ...]:
    if value is None:
        return ("null",)
    if isinstance(value, bool):
        return ("boolean",)
    if isinstance(value, str):
        return ("string",)
    if isinstance(value, float) and not value.is_integer():
        return ("number",)
    return ("integer", "number")


def _described(schema: Schema) -> str:
    listed = _values(schema)
    if listed is not None:
        return " | ".join(map(dump, listed))
    if "anyOf" in schema:
        return " | ".join(
            _described(members_of(part)) for part in _list(schema["anyOf"])
        )
    return str(schema.get("type", "anything"))


def _list(value: object) -> list[object]:
    return list(value) if is_array(value) else []


def _members(schema: Schema) -> Schema:
    return members_of(schema.get("properties"))


def _patterned(schema: Schema) -> Schema:
    """A map's entries, by the pattern of their names."""
    if "patternProperties" in schema:
        return members_of(schema["patternProperties"])
    others = schema.get("additionalProperties")
    return {"": others} if is_object(others) else {}


def _step(name: object) -> str:
    return "/" + str(name).replace("~", "~0").replace("/", "~1")
