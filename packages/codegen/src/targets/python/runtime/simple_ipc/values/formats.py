"""The formats that are checked, as every language checks them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .scalars import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# `re` compiles them when they are first used, and keeps them.
_DATE: Final = "([0-9]{4})-([0-9]{2})-([0-9]{2})"
_TIME: Final = (
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?"
    r"(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))"
)


def _is_date(text: str) -> bool:
    """RFC 3339, full-date; the day must exist."""
    parts = re.fullmatch(_DATE, text)
    if parts is None:
        return False
    year, month, day = map(int, parts.groups())
    if not 1 <= month <= 12:
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= (29 if month == 2 and leap else _DAYS[month - 1])


def _is_time(text: str) -> bool:
    """RFC 3339, full-time; second 60 only where it is 23:59:60 in UTC."""
    parts = re.fullmatch(_TIME, text)
    if parts is None:
        return False
    hour, minute, second = int(parts[1]), int(parts[2]), int(parts[3])
    offset_hour, offset_minute = int(parts[5] or 0), int(parts[6] or 0)
    if (
        hour > 23
        or minute > 59
        or second > 60
        or offset_hour > 23
        or offset_minute > 59
    ):
        return False
    offset = (offset_hour * 60 + offset_minute) * (-1 if parts[4] == "-" else 1)
    return second < 60 or (hour * 60 + minute - offset) % 1440 == 1439


def _is_date_time(text: str) -> bool:
    return text[10:11] in {"T", "t"} and _is_date(text[:10]) and _is_time(text[11:])


def _within(least: int, most: int) -> Callable[[str], bool]:
    """A whole number in decimal digits, without leading zeros, `+` or `-0`."""
    digits = _matches("0|-?[1-9][0-9]{0,19}")
    return lambda text: digits(text) and least <= int(text) <= most


def _matches(source: str) -> Callable[[str], bool]:
    pattern: re.Pattern[str] | None = None

    def fits(text: str) -> bool:
        nonlocal pattern
        if pattern is None:
            pattern = re.compile(source)
        return pattern.fullmatch(text) is not None

    return fits


_BYTE: Final = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IPV4: Final = rf"{_BYTE}\.{_BYTE}\.{_BYTE}\.{_BYTE}"
_H16: Final = "[0-9A-Fa-f]{1,4}"
_LS32: Final = f"(?:{_H16}:{_H16}|{_IPV4})"
# RFC 3986, IPv6address: nine forms, by how much is before the `::`.
_IPV6: Final = "|".join(
    [
        f"(?:{_H16}:){{6}}{_LS32}",
        f"::(?:{_H16}:){{5}}{_LS32}",
        f"(?:{_H16})?::(?:{_H16}:){{4}}{_LS32}",
        f"(?:(?:{_H16}:){{0,1}}{_H16})?::(?:{_H16}:){{3}}{_LS32}",
        f"(?:(?:{_H16}:){{0,2}}{_H16})?::(?:{_H16}:){{2}}{_LS32}",
        f"(?:(?:{_H16}:){{0,3}}{_H16})?::{_H16}:{_LS32}",
        f"(?:(?:{_H16}:){{0,4}}{_H16})?::{_LS32}",
        f"(?:(?:{_H16}:){{0,5}}{_H16})?::{_H16}",
        f"(?:(?:{_H16}:){{0,6}}{_H16})?::",
    ]
)

_LABEL: Final = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ATOM: Final = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
# RFC 5321's mailbox without quoted strings and address literals.
_EMAIL: Final = rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*"

_SUB: Final = "A-Za-z0-9._~!$&'()*+,;="
_PCHAR: Final = f"(?:[{_SUB}:@-]|%[0-9A-Fa-f]{{2}})"
_HOST: Final = (
    rf"(?:\[(?:{_IPV6}|[Vv][0-9A-Fa-f]+\.[{_SUB}:-]+)\]"
    f"|(?:[{_SUB}-]|%[0-9A-Fa-f]{{2}})*)"
)
_USER: Final = f"(?:(?:[{_SUB}:-]|%[0-9A-Fa-f]{{2}})*@)?"
# RFC 3986: scheme, then authority and path or a path alone, query, fragment.
_URI: Final = (
    f"[A-Za-z][A-Za-z0-9+.-]*:(?://{_USER}{_HOST}(?::[0-9]*)?(?:/{_PCHAR}*)*"
    f"|/(?:{_PCHAR}+(?:/{_PCHAR}*)*)?|{_PCHAR}+(?:/{_PCHAR}*)*)?"
    rf"(?:\?(?:{_PCHAR}|[/?])*)?(?:#(?:{_PCHAR}|[/?])*)?"
)
_UUID: Final = "[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"


def _rule(name: str, fits: Callable[[str], bool]) -> Rule:
    return Rule(f"must be a valid {name}", fits)


DATE_TIME: Final = _rule("date-time", _is_date_time)
DATE: Final = _rule("date", _is_date)
TIME: Final = _rule("time", _is_time)
UUID: Final = _rule("uuid", _matches(_UUID))
EMAIL: Final = _rule("email", _matches(_EMAIL))
URI: Final = _rule("uri", _matches(_URI))
IPV4: Final = _rule("ipv4", _matches(_IPV4))
IPV6: Final = _rule("ipv6", _matches(_IPV6))
INT64: Final = _rule("int64", _within(-(2**63), 2**63 - 1))
UINT64: Final = _rule("uint64", _within(0, 2**64 - 1))
