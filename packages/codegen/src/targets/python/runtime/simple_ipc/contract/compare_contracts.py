"""Whether a host and a child that were generated from different contracts understand
each other, and if not, which members differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from ..values.json_text import parse
from ..values.kinds import is_array, is_object
from ..wire.messages import members_of
from .compare_schemas import Schemas
from .comparison_limits import IncomparableError, StepBudget, check_comparable

if TYPE_CHECKING:
    from collections.abc import Callable

    from .contract import Contract

Found = Iterator[tuple[str, str]]
"""Places in a member, and what is wrong there."""


class Difference(NamedTuple):
    """One member that would be misunderstood."""

    side: str
    """Whose member it is: `child` or `host`."""
    member: str
    path: str
    message: str


_UNKNOWABLE: Final = Difference(
    "child", "", "", "the other side describes a contract that cannot be understood"
)
_NO_RESULT: Final = {"type": "null"}
_SIDES: Final = (("child", "methods"), ("host", "x-host"))


def breaking_differences(ours: Contract, document: object) -> list[Difference]:
    """What our contract and that of a child, whose description this is, would
    misunderstand in each other; nothing if all that either side may send is accepted by
    the other.
    """
    if not ours.openrpc:
        return [Difference("child", "", "", "its hash is another")]
    if not is_object(document):
        return [_UNKNOWABLE]
    own = members_of(parse(ours.openrpc))
    budget = StepBudget()
    try:
        check_comparable(_types(document))
        return [
            Difference(side, name, path, message)
            for side, key in _SIDES
            for name, path, message in _Side(side, own, document, budget).compare(key)
        ]
    except IncomparableError as error:
        return [Difference("child", "", "", f"one side {error}")]
    except (LookupError, TypeError, ValueError, RecursionError):
        return [_UNKNOWABLE]


class _Side:
    """The members that one side has, as it knows them itself and as its caller does."""

    def __init__(
        self,
        side: str,
        host: Mapping[str, object],
        child: Mapping[str, object],
        budget: StepBudget,
    ) -> None:
        self._side = side
        self._callee, self._caller = (child, host) if side == "child" else (host, child)
        self._answers = Schemas(
            sent=_types(self._callee), received=_types(self._caller), budget=budget
        )
        self._asks = Schemas(
            sent=_types(self._caller), received=_types(self._callee), budget=budget
        )

    def compare(self, key: str) -> Iterator[tuple[str, str, str]]:
        """The members that the caller knows; it calls no others."""
        has = _members(self._callee, key)
        for name, called in _members(self._caller, key).items():
            method = has.get(name)
            if method is None:
                yield name, "", f"the {self._side} does not have it"
            elif ("result" in method) != ("result" in called):
                yield name, "", "is a method for one side, a notification for the other"
            else:
                for path, message in self._member(method, called):
                    yield name, path, message

    def _member(
        self, method: Mapping[str, object], called: Mapping[str, object]
    ) -> Found:
        yield from self._params(method, called)
        if "result" in called and _result(called) != _NO_RESULT:
            yield from _under(
                "/result", self._answers, _result(method), _result(called)
            )
        if ("x-stream" in method) != ("x-stream" in called):
            streams = "x-stream" in method
            yield (
                "/stream",
                "is not known to the caller" if streams else "is never sent",
            )
        for key, path in (("x-stream", "/stream"), ("x-progress", "/progress")):
            if key in method and key in called:
                yield from _under(path, self._answers, method[key], called[key])
        yield from self._errors(_errors(method), _errors(called))
        if called.get("x-idempotent") and not method.get("x-idempotent"):
            yield (
                "/idempotent",
                "the caller may send a call again, but it is not idempotent",
            )

    def _params(
        self, method: Mapping[str, object], called: Mapping[str, object]
    ) -> Found:
        received, sent = _params(method), _params(called)
        if received is not None and sent is not None:
            yield from _under("/params", self._asks, sent, received)
        elif received is not None:
            for path, message in self._asks.incompatibilities(
                {"type": "object"}, received
            )[:1]:
                yield "/params", f"are never sent, and {path} {message}"
        elif sent is not None and members_of(sent).get("type") == "array":
            yield "/params", "are a tuple, where none are wanted"

    def _errors(
        self,
        thrown: Mapping[str, Mapping[str, object]],
        known: Mapping[str, Mapping[str, object]],
    ) -> Found:
        for name, theirs in known.items():
            mine = thrown.get(name)
            if mine is None:
                continue
            path = f"/errors/{name}"
            code, expected = mine.get("code"), theirs.get("code")
            if code != expected:
                yield path, f"has the code {code}, the caller knows {expected}"
                continue
            sent = members_of(mine.get("data")).get("x-data")
            wanted = members_of(theirs.get("data")).get("x-data")
            if wanted is not None and sent is None:
                yield f"{path}/data", "is never sent"
            elif wanted is not None:
                yield from _under(f"{path}/data", self._answers, sent, wanted)


def _under(at: str, schemas: Schemas, sent: object, received: object) -> Found:
    for path, message in schemas.incompatibilities(sent, received):
        yield at + path, message


def _types(document: Mapping[str, object]) -> Mapping[str, object]:
    return members_of(members_of(document.get("components")).get("schemas"))


def _members(
    document: Mapping[str, object], key: str
) -> dict[str, Mapping[str, object]]:
    return _by(document.get(key), lambda member: member.get("name"))


def _errors(method: Mapping[str, object]) -> dict[str, Mapping[str, object]]:
    return _by(
        method.get("errors"), lambda error: members_of(error.get("data")).get("x-name")
    )


def _result(method: Mapping[str, object]) -> object:
    return members_of(method["result"]).get("schema", {})


def _params(method: Mapping[str, object]) -> object:
    """The params as one schema; None if there are none."""
    if "x-params" in method:
        return method["x-params"]
    listed = method.get("params")
    params = [members_of(param) for param in listed] if is_array(listed) else []
    if method.get("paramStructure") == "by-position":
        return {"type": "array", "items": [param.get("schema") for param in params]}
    if not params:
        return None
    return {
        "type": "object",
        "properties": {str(param["name"]): param.get("schema") for param in params},
        "required": [param["name"] for param in params if param.get("required")],
    }


def _by(
    listed: object, name_of: Callable[[Mapping[str, object]], object]
) -> dict[str, Mapping[str, object]]:
    all_members = map(members_of, listed) if is_array(listed) else ()
    return {str(name_of(member)): member for member in all_members}
