"""Whether one side accepts everything that the other may send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..values.json_text import dump
from ..values.kinds import is_array, is_object
from ..wire.messages import members_of
from .compare_keywords import stricter_keywords

if TYPE_CHECKING:
    from .compare_keywords import Incompatibilities, Schema

_PREFIX: Final = "#/components/schemas/"
_SHAPES: Final = frozenset({"type", "anyOf", "allOf", "const", "enum", "x-open"})


class Schemas:
    """Compares schemas of a sender with those of a receiver.

    Whatever it cannot judge counts as incompatible.
    """

    def __init__(self, *, sent: Schema, received: Schema) -> None:
        self._sent = sent
        self._received = received
        # A type that contains itself fits if the rest does.
        self._open: list[tuple[Schema, Schema]] = []

    def incompatibilities(
        self, sent: object, received: object
    ) -> list[tuple[str, str]]:
        """Where a sent value may be refused; empty if nowhere."""
        pair = (_resolved(sent, self._sent), _resolved(received, self._received))
        if any(mine is pair[0] and theirs is pair[1] for mine, theirs in self._open):
            return []
        self._open.append(pair)
        try:
            return list(self._shapes(*pair))
        finally:
            self._open.pop()

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


def _resolved(schema: object, types: Schema) -> Schema:
    found = members_of(schema)
    for _ in range(len(types) + 1):
        name = found.get("$ref")
        if not isinstance(name, str):
            return found
        name = name.removeprefix(_PREFIX).replace("~1", "/").replace("~0", "~")
        found = members_of(types.get(name))
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
