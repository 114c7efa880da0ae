"""What is said of names and ids that are not known here. They may hold anything."""

from __future__ import annotations

from ..printable import printable
from ..values.json_text import dump

_LONGEST = 200


def no_method(name: str) -> str:
    return f"There is no method '{printable(name, _LONGEST)}' here"


def no_notification(name: str) -> str:
    return f"There is no notification '{printable(name, _LONGEST)}' here"


def never_asked(number: object) -> str:
    shown = printable(dump(number), _LONGEST)
    return f"Received a response to {shown}, which is not the id of any call"
