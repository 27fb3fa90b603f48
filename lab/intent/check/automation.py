"""Read the automations that act in a check, and find names that the topology does not have."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.document.shape import Shaped
from lab.model.plan import Plan
from lab.spelling import way_out

_KEY = ("automation",)


def read_automations(shaped: Shaped, plan: Plan) -> Iterator[str | Finding]:
    """The names of the automations, or a mistake for each unknown name and each name that is written twice."""
    if not shaped.fits(_KEY):
        return
    written, known = shaped.at(_KEY), [each.name for each in plan.automations]
    names = written if isinstance(written, list) else [written] if isinstance(written, str) else []
    for number, name in enumerate(names):
        where = (*_KEY, number) if isinstance(written, list) else _KEY
        if name not in known:
            yield Finding(where=where, message=f"there is no automation named {name[:60]!r} {way_out(name, known)}")
        elif name in names[:number]:
            yield Finding(where=where, message=f"{name} is written twice (remove one)")
        else:
            yield name
