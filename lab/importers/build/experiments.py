"""Make checks of FIS's experiment templates. Run the paid experiment at home first."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lab.importers.account import Experiment, VirtualInterface
from lab.importers.account.experiments import Action
from lab.importers.build.names import valid
from lab.importers.build.remark import Remark, in_part, left_out
from lab.importers.build.yaml_text import flow, quoted
from lab.importers.private import harmless, is_secret
from lab.model.imported import CheckText

_DISCONNECT, _WAIT = "aws:directconnect:virtual-interface-disconnect", "aws:fis:wait"
_WHY_NOT = {
    "aws:network:disrupt-connectivity": "it is about subnets, and a topology has none",
    "aws:network:route-table-disrupt-cross-region-connectivity": "it is about subnets, and a topology has none",
    "aws:network:transit-gateway-disrupt-cross-region-connectivity": "it is about peerings (write a check with silent-loss on a peering)",
    "aws:network:disrupt-vpc-endpoint": "it is about VPC endpoints, and a topology has none",
}
"""Actions of FIS about networks that a check cannot say (FIS User Guide, actions reference)."""

_FIRST, _LASTS, _PAUSE = 2, 10, 5
"""Seconds in the check: when the first step begins, how long a step lasts, and how long nothing happens before the next one."""

_PROMISE = "5s"

_SELECTION = re.compile(r"(COUNT|PERCENT)\((\d{1,4})\)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiments:
    """What experiments become: checks, and remarks about the rest."""

    checks: tuple[CheckText, ...]
    remarks: tuple[Remark, ...]


def checks_of(
    experiments: Sequence[Experiment], vifs: Sequence[VirtualInterface], names: Mapping[str, str], flows: Sequence[str]
) -> Experiments:
    """A check for each experiment that breaks something of the topology. `names`: for each AWS id that is in the topology, its name."""
    remarks: list[Remark] = []
    checks = []
    for each in experiments:
        steps = list(_steps(each, vifs, names, remarks))
        if each.has_stop_conditions:
            remarks.append(in_part(each.id, "stop conditions", "a check has none: it always runs to its end"))
        if steps:
            checks.append(CheckText(name=valid(f"fis-{each.id}", "fis"), text=_text(each, steps, flows)))
    return Experiments(checks=tuple(checks), remarks=tuple(remarks))


def _steps(each: Experiment, vifs: Sequence[VirtualInterface], names: Mapping[str, str], remarks: list[Remark]) -> Iterator[str]:
    begins = _begins(each)
    down: dict[str, list[int]] = {}
    for action in each.actions:
        targets = _targets(action, vifs)
        why = _why_not(action, targets, names)
        if why:
            remarks.append(left_out(each.id, f"action {action.name} ({action.kind})", why))
            continue
        for vif in targets:
            if any(abs(begins[action.name] - other) < _LASTS for other in down.get(vif, ())):
                why = "another action disconnects it at the same time, and a check breaks a thing once"
                remarks.append(in_part(each.id, f"action {action.name} on {vif}", why))
                continue
            down.setdefault(vif, []).append(begins[action.name])
            step = {"fault": "bgp-shutdown", "target": names[vif], "at": f"{begins[action.name]}s", "for": f"{_LASTS}s"}
            yield f"  - {flow(step)}   # {harmless(f'{action.name}: {vif}, in FIS for {_minutes(action)}')}"


def _why_not(action: Action, targets: Sequence[str], names: Mapping[str, str]) -> str:
    """Why a check cannot say an action. "" if it can, or if it only waits."""
    if action.kind == _WAIT:
        return ""
    if action.kind != _DISCONNECT:
        return _WHY_NOT.get(action.kind, "it is not about the network between sites and AWS")
    if action.filters:
        return f"FIS chooses its targets by the filter {', '.join(action.filters)}, and a check names them (write their ARNs)"
    if not _takes_all(action.selection, len(targets)):
        return f"FIS chooses its targets at random ({action.selection}), and a check names them (write ALL, or the ARN of one)"
    missing = [each for each in targets if each not in names]
    if missing:
        return f"{', '.join(missing)} is not in the topology"
    return "" if targets else "no virtual interface in the files has the tags of its target"


def _takes_all(selection: str, count: int) -> bool:
    """Whether FIS takes all targets: `ALL`, `PERCENT(100)`, or `COUNT(n)` of at most n."""
    match = _SELECTION.fullmatch(selection)
    return selection == "ALL" or (match is not None and int(match[2]) >= (100 if match[1] == "PERCENT" else count))


def _targets(action: Action, vifs: Sequence[VirtualInterface]) -> tuple[str, ...]:
    if action.kind != _DISCONNECT:
        return ()
    tagged = (vif.id for vif in vifs if action.tags and set(action.tags) <= set(vif.tags))
    return tuple(dict.fromkeys((*action.resources, *tagged)))


def _begins(each: Experiment) -> dict[str, int]:
    """When each action begins, in seconds. One that starts after others begins some seconds after their end."""
    begins: dict[str, int] = {}
    actions = {action.name: action for action in each.actions}

    def begin(name: str, above: frozenset[str]) -> int:
        if name not in actions or name in above:
            return _FIRST
        if name not in begins:
            earlier = [begin(other, above | {name}) + _length(actions.get(other)) for other in actions[name].start_after]
            begins[name] = max((end + _PAUSE for end in earlier), default=_FIRST)
        return begins[name]

    for action in each.actions:
        begin(action.name, frozenset())
    return begins


def _length(action: Action | None) -> int:
    return _LASTS if action and action.kind == _DISCONNECT else 0


def _minutes(action: Action) -> str:
    return f"{action.seconds // 60} minutes" if action.seconds else "an unknown time"


def _text(each: Experiment, steps: Sequence[str], flows: Sequence[str]) -> str:
    summary = each.name if each.name and not is_secret(each.name) else f"The FIS experiment {each.id}."
    return "\n".join(
        (
            f"# Made by import-aws from the FIS experiment template {harmless(each.id)}.",
            "# In FIS its faults last for minutes. Here they are short, because routes move within seconds.",
            "# If no flow of yours passes what it breaks, add: touches: nothing",
            f"summary: {quoted(harmless(summary))}",
            "steps:",
            *steps,
            "expect:   # your promises: change them",
            *(f"  - {flow({'flow': name, 'during': {'outage_at_most': _PROMISE}})}" for name in flows),
            "",
        )
    )
