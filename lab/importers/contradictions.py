"""Find things of which two files say different things. Then at least one file is older than the other."""

from collections.abc import Iterator, Sequence
from dataclasses import fields

from lab.errors import Problem
from lab.importers.account import Thing, Unread


def contradictions(found: Sequence[tuple[str, Thing]]) -> Iterator[Problem]:
    """A problem for each thing that is in two files and differs. `found`: each thing with its file. Values are not shown."""
    first: dict[tuple[type[Thing], str], tuple[str, Thing]] = {}
    for file, thing in found:
        if isinstance(thing, Unread):
            continue
        earlier, other = first.setdefault((type(thing), thing.id), (file, thing))
        if other != thing:
            words = ", ".join(
                field.name.replace("_", " ") for field in fields(thing) if getattr(thing, field.name) != getattr(other, field.name)
            )
            where = earlier if earlier != file else "the same file"
            message = f"{thing.id} is also in {where}, but they differ in: {words} (run the AWS commands again, all at one time)"
            yield Problem(place=file, message=message)
