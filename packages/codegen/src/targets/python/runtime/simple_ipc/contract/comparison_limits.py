"""What comparing with a contract that another program describes may cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..values.kinds import is_array
from ..wire.messages import members_of

Schema = Mapping[str, object]

_PREFIX: Final = "#/components/schemas/"
_MOST_PARTS: Final = 10_000
# As in the other languages; a second or two, where types are entangled.
_MOST_STEPS: Final = 1_000_000


class IncomparableError(ValueError):
    """A contract cannot be compared."""


class StepBudget:
    """The steps that a comparison has left."""

    def __init__(self) -> None:
        self._left = _MOST_STEPS

    def spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            message = (
                "describes a contract whose types are too entangled to be compared"
            )
            raise IncomparableError(message)


class SchemaCosts:
    """What a look at a value of a schema costs.

    These are the alternatives of its unions and the parts of its intersections, with
    those inside them, through references. Members and elements do not count.
    """

    def __init__(self, types: Schema) -> None:
        self._types = types
        # The schemas are kept: the id of one that is gone may be that of another.
        self._known: dict[int, tuple[Schema, int]] = {}
        self._above: set[int] = set()

    def of(self, schema: Schema) -> int:
        """The cost; a type that is made of itself, or of too many parts, has none."""
        key = id(schema)
        known = self._known.get(key)
        if known is not None:
            return known[1]
        if key in self._above:
            message = "describes a type that refers to itself without a member between"
            raise IncomparableError(message)
        self._above.add(key)
        cost = 1
        for part in self._parts(schema):
            cost += self.of(part)
            if cost > _MOST_PARTS:
                message = "describes a type that has too many alternatives"
                raise IncomparableError(message)
        self._above.discard(key)
        self._known[key] = schema, cost
        return cost

    def _parts(self, schema: Schema) -> list[Schema]:
        target = resolve_once(schema, self._types)
        if target is not None:
            return [target]
        both = (schema.get("anyOf"), schema.get("allOf"))
        return [members_of(part) for each in both if is_array(each) for part in each]


def check_comparable(types: Schema) -> None:
    """Raises IncomparableError for types that no value can be looked at by."""
    costs = SchemaCosts(types)
    for schema in types.values():
        costs.of(members_of(schema))


def resolve_once(schema: Schema, types: Schema) -> Schema | None:
    """What a reference leads to; None for a schema that is none."""
    name = schema.get("$ref")
    if not isinstance(name, str):
        return None
    name = name.removeprefix(_PREFIX).replace("~1", "/").replace("~0", "~")
    return members_of(types.get(name))
