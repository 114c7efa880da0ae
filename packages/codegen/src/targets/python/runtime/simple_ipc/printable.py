"""Output of a program, made safe to print on a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

# Controls, line separators, and characters that change the writing direction.
_HIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
_PLAIN_WORD: Final = re.compile(r"[\w@%+=:,./-]{1,200}", re.ASCII)


def printable(text: str, limit: int = 500) -> str:
    """The text with hidden characters escaped; a long one is cut."""
    cut = text if len(text) <= limit else f"{text[:limit]}… ({len(text)} characters)"
    return _HIDDEN.sub(_escaped, cut)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def command_text(command: Sequence[str]) -> str:
    """A command as one would type it; a very long one is cut."""
    words = (
        word
        if _PLAIN_WORD.fullmatch(word)
        else "'" + printable(word, 200).replace("'", r"'\''") + "'"
        for word in command
    )
    return printable(" ".join(words), 1000)
