"""Read experiment templates of FIS: what `aws fis get-experiment-template` prints, or the JSON that creates one."""

import re
from collections.abc import Iterator
from pathlib import Path

from lab.importers.account import Experiment
from lab.importers.account.experiments import Action
from lab.importers.private import digest
from lab.importers.record import Record

_DURATION = re.compile(r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?", re.ASCII)


def is_template(data: dict[str, object]) -> bool:
    """Whether a JSON object creates an experiment template. It has no key around it by which it could be recognized."""
    return isinstance(data.get("actions"), dict) and isinstance(data.get("targets"), dict)


def experiment(record: Record, _: str) -> Iterator[Experiment]:
    """An experiment template with its actions."""
    targets = record.record("targets")
    actions = record.record("actions")
    conditions = [each.text_or("source") for each in record.records("stopConditions")]
    yield Experiment(
        id=record.text_or("id") or Path(record.file).stem,
        name=record.text_or("description"),
        actions=tuple(_action(name, actions.record(name), targets) for name in actions.data),
        has_stop_conditions=any(each not in {"", "none"} for each in conditions),
    )


def _action(name: str, record: Record, targets: Record) -> Action:
    parameters = record.record("parameters")
    named = record.record("targets")
    aimed = [targets.record(named.text(key)) for key in named.data]
    return Action(
        name=name,
        kind=record.text("actionId"),
        seconds=_seconds(parameters) if parameters.has("duration") else None,
        resources=tuple(arn.rpartition("/")[2] for each in aimed for arn in each.texts("resourceArns")),
        tags=tuple(sorted(digest(f"{key}={value}") for each in aimed for key, value in each.record("resourceTags").data.items())),
        selection=next((mode for each in aimed if (mode := each.text_or("selectionMode")) not in {"", "ALL"}), "ALL"),
        filters=tuple(filter_.text_or("path") or "(no path)" for each in aimed for filter_ in each.records("filters")),
        start_after=record.texts("startAfter"),
    )


def _seconds(parameters: Record) -> int | None:
    """A duration in the form of ISO 8601, such as PT10M, in seconds."""
    match = _DURATION.fullmatch(parameters.text("duration"))
    if match is None or not any(match.groups()):
        parameters.wrong("duration", "expected a duration such as PT10M")
        return None
    days, hours, minutes, seconds = (int(each or 0) for each in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
