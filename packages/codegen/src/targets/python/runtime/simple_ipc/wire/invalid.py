"""Why a message is no request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..values.kinds import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Mapping


def why_invalid(method: object, message: Mapping[str, object]) -> str:
    """A sentence for its sender."""
    if not isinstance(method, str):
        return "The method of a request must be a string"
    params = message.get("params")
    if params is not None and not is_object(params) and not is_array(params):
        return "The params of a request must be an object or an array"
    return "The id of a request must be a string or an integer"
