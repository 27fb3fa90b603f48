"""Read the section `automation` of a topology."""

from collections.abc import Iterator
from typing import Any

from lab.intent.document.shape import Shaped
from lab.intent.topology.automation_document import AutomationDocument, DoDocument
from lab.model.automation import ActionKind, Automation, Back, Order


def own_automations(shaped: Shaped) -> Iterator[Automation]:
    """The automations without mistakes in their shape, in the order of the file."""
    for at, written in shaped.entries(("automation",), AutomationDocument):
        undo = written.undo
        yield Automation(
            name=str(at[-1]),
            rule=written.on,
            labels=tuple(sorted(written.labels.items())),
            order=_order(written.do),
            back=Back(after=undo.after, when_healthy=undo.when == "healthy") if undo else None,
            hold_down=written.hold_down,
            spares_last_path=written.never == "last path",
        )


def _order(written: DoDocument) -> Order:
    """The one action that is written: a target, or a mapping with a target."""
    ((key, value),) = written.model_dump(by_alias=True, exclude_none=True).items()
    said: dict[str, Any] = {"target": value} if isinstance(value, str) else value
    return Order(
        kind=ActionKind(key),
        target=said["target"],
        times=said.get("times", 0),
        community=said.get("community", ""),
        prefix=said.get("prefix"),
        side=said.get("side", "aws"),
    )
