"""Profiles a column batch by batch: types, numbers, distinct and frequent values, all in bounded memory."""

from __future__ import annotations

import heapq
import math
from binascii import crc32
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generated.profiler import ColumnType

MISSING = frozenset({"", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None", "-", "?"})
BOOLEANS = frozenset({"true", "false", "True", "False", "TRUE", "FALSE", "yes", "no", "Yes", "No", "YES", "NO"})
LONGEST_KEPT = 64
SKETCH_SIZE = 1024
MOST_BINS = 256


class ColumnProfile:
    """What has been seen of one column. `room` is how many different values it may keep for counting."""

    def __init__(self, name: str, room: int) -> None:
        self.name = name
        self.missing = 0
        self.numbers = NumberStatistics()
        self.values = ValueCounts(room)
        self.kinds: Counter[ColumnType] = Counter()
        self.first_date: str | None = None
        self.last_date: str | None = None
        self.shortest: int | None = None
        self.longest = 0

    def add(self, fields: Sequence[str]) -> None:
        """Take in the next fields. Each different one is looked at once a batch, with its count."""
        counts = Counter(fields)
        blanks = MISSING.intersection(counts)
        self.missing += sum(counts.pop(blank) for blank in blanks)
        if not counts:
            return
        longest = max(map(len, counts))
        shortest = min(map(len, counts))
        self.longest = max(self.longest, longest)
        self.shortest = shortest if self.shortest is None else min(self.shortest, shortest)
        self.values.add([field for field in fields if field not in blanks] if blanks else fields, counts, longest)
        # One text makes the column text: nothing more is to be learned from reading its other values as numbers.
        if "text" not in self.kinds:
            self._classify(counts)

    @property
    def type(self) -> ColumnType:
        kinds = set(self.kinds)
        if not kinds:
            return "empty"
        if kinds == {"integer", "number"}:
            return "number"
        return kinds.pop() if len(kinds) == 1 else "text"

    def _classify(self, counts: Counter[str]) -> None:
        # Most batches are of one kind: asking for all values at once keeps the loop out of Python.
        numbers = read_numbers(counts)
        if numbers is not None:
            self.kinds["integer" if all(map(is_integer, counts)) else "number"] += counts.total()
            if not self.kinds.keys() - {"integer", "number"}:
                self.numbers.add(numbers, list(counts.values()))
            return
        if counts.keys() <= BOOLEANS:
            self.kinds["boolean"] += counts.total()
            return
        for value, count in counts.items():
            self.kinds[self._classify_one(value)] += count

    def _classify_one(self, value: str) -> ColumnType:
        if value in BOOLEANS:
            return "boolean"
        if is_date(value):
            if self.first_date is None or value < self.first_date:
                self.first_date = value
            if self.last_date is None or value > self.last_date:
                self.last_date = value
            return "date"
        if read_numbers((value,)) is None:
            return "text"
        return "integer" if is_integer(value) else "number"


def read_numbers(values: Iterable[str]) -> list[float] | None:
    """All values as finite numbers, or None; spaces around a number do not matter, `1_000` is none."""
    try:
        numbers = list(map(float, values))
    except ValueError:
        return None
    if not all(map(math.isfinite, numbers)) or any("_" in value for value in values):
        return None
    return numbers


def is_integer(value: str) -> bool:
    """Whether a number is written as an integer."""
    return value.isdigit() or value.strip().lstrip("+-").isdigit()


def is_date(value: str) -> bool:
    """Whether a field is an ISO 8601 date, with or without a time."""
    if len(value) < 10 or value[4] != "-":
        return False
    try:
        datetime.fromisoformat(value if value[-1] != "Z" else value[:-1])
    except ValueError:
        return False
    return True


class NumberStatistics:
    """Least, greatest, mean and a histogram of numbers. Bins are as wide as a power of two and double when too many."""

    def __init__(self) -> None:
        self.count = 0
        self.mean = 0.0
        self.min = math.inf
        self.max = -math.inf
        self._exponent = -1074
        self._bins: Counter[int] = Counter()

    def add(self, values: Sequence[float], counts: Sequence[int]) -> None:
        """Take in the values, each so many times."""
        self.min = min(self.min, min(values))
        self.max = max(self.max, max(values))
        added = sum(counts)
        self.count += added
        # A running mean: a sum of large numbers would overflow.
        mean, share = self.mean, self.count
        self.mean += math.fsum((value - mean) / share * count for value, count in zip(values, counts))
        span = self.max - self.min
        least = math.ceil(math.log2(span / MOST_BINS)) if 0 < span < math.inf else self._exponent
        if least > self._exponent:
            self._widen(least)
        scale = 2.0**-self._exponent if self._exponent > -1023 else 0.0
        bins = self._bins
        if added == len(values):
            bins.update([math.floor(value * scale) for value in values])
            return
        for value, count in zip(values, counts):
            bins[math.floor(value * scale)] += count

    def histogram(self, most: int) -> tuple[float, float, list[int]]:
        """Start, width and counts of at most `most` bins that cover all numbers."""
        if self.count == 0:
            return (0.0, 0.0, [])
        if self.min == self.max:
            return (self.min, 0.0, [self.count])
        while max(self._bins) - min(self._bins) >= most:
            self._widen(self._exponent + 1)
        first, last = min(self._bins), max(self._bins)
        width = 2.0**self._exponent
        return (first * width, width, [self._bins[number] for number in range(first, last + 1)])

    def _widen(self, exponent: int) -> None:
        merged: Counter[int] = Counter()
        shift = exponent - self._exponent
        for number, count in self._bins.items():
            merged[number >> shift] += count
        self._bins = merged
        self._exponent = exponent


class ValueCounts:
    """Counts each different value while there is room; then keeps the frequent ones and estimates how many there are."""

    def __init__(self, room: int) -> None:
        self.exact = True
        self._room = room
        self._counts: Counter[str] = Counter()
        self._lowest: set[int] = set()
        self._bound = 1 << 32
        self._total = 0

    def add(self, fields: Iterable[str], counts: Counter[str], longest: int) -> None:
        """Count the fields; `counts` holds the same, counted, and `longest` is the length of the longest."""
        self._total += counts.total()
        if longest > LONGEST_KEPT:
            fields = [field if len(field) <= LONGEST_KEPT else shorten(field) for field in fields]
        self._counts.update(fields)
        if not self.exact:
            self._sketch(counts)
        if len(self._counts) > self._room:
            if self.exact:
                self.exact = False
                self._sketch(self._counts)
            self._forget_rare()

    def distinct(self) -> int:
        if self.exact:
            return len(self._counts)
        if len(self._lowest) < SKETCH_SIZE:
            return len(self._lowest)
        return min(self._total, round((SKETCH_SIZE - 1) * (1 << 32) / max(self._lowest)))

    def frequent(self, most: int) -> list[tuple[str, int]]:
        """The most frequent values with their counts; those of the same count in the order of their text."""
        top = heapq.nsmallest(most, self._counts.items(), key=lambda entry: (-entry[1], entry[0]))
        return top if self.exact else [entry for entry in top if entry[1] > 1]

    def _forget_rare(self) -> None:
        # Lossy counting: the rare values go, so those that stay are counted from below.
        repeated = {value: count for value, count in self._counts.items() if count > 1}
        if len(repeated) > self._room // 2:
            repeated = dict(Counter(repeated).most_common(self._room // 2))
        self._counts = Counter(repeated)

    def _sketch(self, counts: Counter[str]) -> None:
        # The k lowest hashes: how densely they lie tells how many different values were hashed.
        bound = self._bound
        low = {code for value in counts if (code := crc32(value.encode("utf-8", "replace"))) < bound}
        self._lowest |= low
        if len(self._lowest) > SKETCH_SIZE:
            self._lowest = set(heapq.nsmallest(SKETCH_SIZE, self._lowest))
            self._bound = max(self._lowest)


def shorten(value: str) -> str:
    """A long value's beginning with its length and checksum: told apart from others, without being kept."""
    return f"{value[:32]}… ({len(value)} characters, {crc32(value.encode('utf-8', 'replace')):08x})"
