"""A program and its arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias, cast

Command: TypeAlias = str | Sequence[str]
"""A string is split at spaces, without quoting; a list is used as it is."""


class SpawnRequest(NamedTuple):
    """A program that is to be started, where and with which environment."""

    command: tuple[str, ...]
    cwd: str | None
    env: Mapping[str, str]


_WANTED: Final = (
    'pass a string such as "program arg" '
    'or a list such as ["path with space/program", "arg"]'
)


def parse_command(command: object) -> tuple[str, ...]:
    """The file and its arguments. Raises TypeError or ValueError if invalid."""
    words: Sequence[object]
    if isinstance(command, str):
        words = [word for word in command.split(" ") if word]
    elif isinstance(command, Sequence) and not isinstance(command, bytes):
        words = cast("Sequence[object]", command)
    else:
        raise TypeError(
            "The command must be a string or a list of strings, "
            f"not {type(command).__name__}: {_WANTED}"
        )
    if not words or words[0] == "":
        raise ValueError(f"The command is empty: {_WANTED}")
    return tuple(_word(position, word) for position, word in enumerate(words))


def _word(position: int, word: object) -> str:
    if not isinstance(word, str):
        raise TypeError(
            f"Entry {position} of the command must be a string, "
            f"not {type(word).__name__}: {_WANTED}"
        )
    if "\0" in word:
        raise ValueError(
            f"Entry {position} of the command holds a NUL character, "
            "which no system can pass on"
        )
    return word
