"""Merge what several files say of one thing. If two files say different things, at least one of them is old."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from lab.errors import Problem
from lab.importers.account import Attachment, Thing, Unread

Found = tuple[str, Thing]
"""A thing, and the file that has it."""

_UNSAID = (None, "")
_AGAIN = "run the AWS commands again, all at one time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Every thing once, and a problem for each contradiction."""

    things: tuple[Thing, ...]
    problems: tuple[Problem, ...]


def merged(found: Sequence[Found], way_out: str = _AGAIN) -> Merged:
    """Every thing once. What one file does not say, another may: for instance, tags of a shared transit gateway are in one account only.

    Values are not shown in problems, because they may be secrets. `way_out`: what a problem advises.
    """
    first: dict[tuple[type[Thing], str], Found] = {}
    problems: list[Problem] = []
    for file, thing in found:
        key = (type(thing), _key(thing))
        earlier, other = first.setdefault(key, (file, thing))
        problems += _contradiction((file, thing), (earlier, other), way_out)
        first[key] = (earlier, _completed(other, thing))
    return Merged(things=tuple(thing for _, thing in first.values()), problems=tuple(problems))


def _key(thing: Thing) -> str:
    """What is equal for one thing in several files. Both ends of a peering have one id, each in its own Region."""
    match thing:
        case Unread():
            return f"{thing.id} {thing.why}"
        case Attachment(kind="peering"):
            return f"{thing.id} {thing.transit_gateway}"
        case _:
            return thing.id


def _contradiction(found: Found, before: Found, way_out: str) -> Iterator[Problem]:
    (file, thing), (earlier, other) = found, before
    differing = [name for name in _different(thing, other) if getattr(thing, name) not in _UNSAID and getattr(other, name) not in _UNSAID]
    if differing and not isinstance(thing, Unread):
        words = ", ".join(name.replace("_", " ") for name in differing)
        where = earlier if earlier != file else "the same file"
        message = f"{thing.id} is also in {where}, but they differ in: {words} ({way_out})"
        yield Problem(place=file, message=message)


def _completed(thing: Thing, other: Thing) -> Thing:
    """A thing, with the values of another where it has none."""
    more = {name: getattr(other, name) for name in _different(thing, other) if getattr(thing, name) in _UNSAID}
    return replace(thing, **more) if more else thing


def _different(thing: Thing, other: Thing) -> Iterable[str]:
    return (field.name for field in fields(thing) if getattr(thing, field.name) != getattr(other, field.name))
