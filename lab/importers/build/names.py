"""Names: from a tag of AWS, or from the id, to a name that a topology may have. Law: a name does not depend on unrelated things."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lab.importers.private import is_secret, without_accounts

LONGEST = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something that needs a name. `kind`: a short word for it, such as `vpc`. `derived`: what the lab calls after it, such as `{}-host`.

    `written`: its own name as AWS has it, "" if it has none. `region`: its Region, "" if it has none.
    """

    id: str
    kind: str
    written: str
    region: str = ""
    derived: tuple[str, ...] = ()


def names_of(named: Sequence[Named], given: Mapping[str, str], taken: Iterable[str]) -> dict[str, str]:
    """The name of each id. `given`: names that the user chose. `taken`: names that something else has already.

    Where two would have one name, all of them get their kind added. If that is not enough: their Region, or else the end of their ids.
    """
    levels = dict.fromkeys((each.id for each in named if each.id not in given), 0)
    reserved = frozenset(taken)
    for _ in range(_LEVELS):
        names = {each.id: given.get(each.id) or _candidate(each, levels[each.id]) for each in named}
        clashing = [id_ for id_ in _clashing(named, names, reserved) if levels.get(id_, _LEVELS) < _LEVELS - 1]
        if not clashing:
            break
        for id_ in clashing:
            levels[id_] += 1
    return names


_LEVELS = 5


def valid(written: str, kind: str) -> str:
    """A valid name that is like the written one. "" if nothing of it can be used."""
    plain = unicodedata.normalize("NFKD", without_accounts(written)).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not words:
        return ""
    return _cut(words if words[0].isalpha() else f"{kind}-{words}")


def short(id_: str, kind: str) -> str:
    """A name from an id: the kind, and the end of the id. The name of another thing never changes it."""
    return valid(f"{kind}-{_tail(id_, 6)}", kind)


def _candidate(each: Named, level: int) -> str:
    own = "" if is_secret(each.written) else valid(each.written, each.kind)
    if not own:
        return short(each.id, each.kind) if level < _LEVELS - 1 else _cut(f"{each.kind}-{_tail(each.id, 17)}")
    match level:
        case 0:
            return own
        case 1:
            return _with(own, each.kind)
        case 2 if each.region:
            return _with(own, f"{each.kind}-{each.region}")
        case _:
            return _with(own, _tail(each.id, 6 if level < _LEVELS - 1 else 17))


def _clashing(named: Sequence[Named], names: Mapping[str, str], taken: frozenset[str]) -> Iterator[str]:
    count = Counter(names.values())
    derived = {pattern.format(names[each.id]) for each in named for pattern in each.derived}
    for id_, name in names.items():
        if count[name] > 1 or name in taken or name in derived:
            yield id_


def _with(name: str, end: str) -> str:
    return f"{name[: LONGEST - len(end) - 1].rstrip('-')}-{end}"


def _cut(name: str) -> str:
    return name[:LONGEST].rstrip("-")


def _tail(id_: str, length: int) -> str:
    """The end of an id, without the prefix that says the kind."""
    return re.sub(r"[^a-z0-9]+", "", re.split(r"[.-]", id_.lower())[-1])[-length:]
