"""Read the section `automation` of a topology."""

from collections.abc import Iterator, Mapping
from typing import Any

from lab.intent.document.shape import Shaped
from lab.intent.topology.automation_document import AutomationDocument, DoDocument, RunDocument
from lab.model.automation import ActionKind, Automation, Back, Order
from lab.model.script import Script, ScriptRun


def own_automations(shaped: Shaped, texts: Mapping[str, str]) -> Iterator[Automation]:
    """The automations without mistakes in their shape, in the order of the file. `texts`: those of their scripts, by name as written."""
    for at, written in shaped.entries(("automation",), AutomationDocument):
        undo = written.undo
        yield Automation(
            name=str(at[-1]),
            rule=written.on,
            labels=tuple(sorted(written.labels.items())),
            order=_order(written.do, texts),
            back=Back(after=undo.after, when_healthy=undo.when == "healthy") if undo else None,
            hold_down=written.hold_down,
            spares_last_path=written.never == "last path",
        )


def _order(written: DoDocument, texts: Mapping[str, str]) -> Order:
    """The one action that is written: a target, or a mapping with a target."""
    if written.run:
        return Order(kind=ActionKind.RUN, target=written.run.node, run=_run(written.run, texts))
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


def _run(written: RunDocument, texts: Mapping[str, str]) -> ScriptRun:
    """A script that cannot be read is a mistake already, and empty here."""

    def script(name: str) -> Script:
        return Script(name=name, text=texts.get(name, ""), timeout=written.timeout)

    return ScriptRun(node=written.node, script=script(written.script), undo=script(written.undo_script) if written.undo_script else None)
