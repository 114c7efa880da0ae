"""Matches the patterns of contracts, in linear time, as every language does."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from .scalars import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST_KNOWN: Final = 10_000

Steps = frozenset[int]


class Pattern(Rule):
    """A pattern as a program: all paths are followed at once, a character at a time.

    A step is an operation and two numbers: where it continues, and for "take" the
    class of characters, for "split" the other path. The last step is the first. A class
    is a list of bounds: it holds the characters from each even one up to the odd one
    after it.
    """

    __slots__ = ("_classes", "_known", "_start", "_steps")

    def __init__(
        self,
        source: str,
        steps: Sequence[tuple[str, int, int]],
        classes: Sequence[Sequence[int]],
    ) -> None:
        super().__init__(
            f"must match the pattern {source}",
            self._search,
            f"has a name that does not match the pattern {source}",
        )
        self._steps = steps
        self._classes = classes
        self._known: dict[tuple[Steps, str], Steps] = {}
        # From here a match may begin after the first character.
        self._start = self._reach([len(steps) - 1], {"split"})

    def _search(self, text: str) -> bool:
        now = self._reach([len(self._steps) - 1], {"split", "start"})
        if self._matches(now):
            return True
        known = self._known
        for character in text:
            after = known.get((now, character))
            if after is None:
                after = self._after(now, character)
                if len(known) < _MOST_KNOWN:
                    known[now, character] = after
            now = after
            if self._matches(now):
                return True
        ends = {"split", "end"} if text else {"split", "start", "end"}
        return self._matches(self._reach(now, ends))

    def _matches(self, steps: Steps) -> bool:
        return any(self._steps[step][0] == "match" for step in steps)

    def _after(self, now: Steps, character: str) -> Steps:
        taken: list[int] = []
        for step in now:
            operation, following, kind = self._steps[step]
            if operation == "take":
                place = bisect_right(self._classes[kind], ord(character))
                if place % 2 == 1:
                    taken.append(following)
        return self._reach(taken, {"split"}) | self._start

    def _reach(self, steps: Iterable[int], passable: set[str]) -> Steps:
        """All steps that are reached without consuming a character."""
        reached: set[int] = set()
        waiting = list(steps)
        while waiting:
            step = waiting.pop()
            if step in reached:
                continue
            reached.add(step)
            operation, following, other = self._steps[step]
            if operation in passable:
                waiting.append(following)
                if operation == "split":
                    waiting.append(other)
        return frozenset(reached)
