"""The status of a running lab.

The lab is read twice, and its flows are probed in between. What changed between the two is still converging.
"""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from lab.analysis.settled import astray, changed, flow_name, led_to, missing
from lab.api.paths import shortest
from lab.api.running import opened
from lab.errors import LabBusyError, NodeError
from lab.model.direction import DIRECTIONS
from lab.model.plan import Plan
from lab.model.status import Difference, FlowStatus, HandFault, LabStatus, Look, Unsettled, in_force
from lab.probes.glance import Glance, GlanceAtFlow, glancing
from lab.runtime.comparison import other_routes
from lab.runtime.home import Home
from lab.runtime.lab import RunningLab
from lab.runtime.looking import inventory, look

_BUSY = "this host is too busy"
_TURN_SECONDS = 10.0
_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looks:
    """Two readings of a lab, and what probes of its flows showed in between.

    `unprobed`: why the flows were not probed, None if they were.
    """

    before: Look
    after: Look
    flows: tuple[GlanceAtFlow, ...]
    unprobed: str | None


def look_at_lab(lab: str | None, *, is_teacher: bool) -> LabStatus:
    """The present status of a running lab. Its flows are probed for a moment.

    Only a teacher sees what is wrong in a lab of a workshop. A student sees its symptoms.
    """
    with opened(lab) as running:
        status = _status(running)
        if not running.plan.is_editable:
            return status
        if is_teacher:
            return replace(status, flaws=running.plan.flaws)
        return replace(status, differences=(), faults=(), is_concealed=True)


def _status(running: RunningLab) -> LabStatus:
    plan, home = running.plan, Home(running.plan.lab)
    looks = _looks(running, home)
    after = looks.after
    flows = tuple(replace(each.status, sent_to=led_to(plan, each.status, after.routes)) for each in looks.flows)
    faults = _by_hand(after.differences, home.kept_faults(), plan)
    kept = home.kept_routes()
    others = None if kept is None else tuple(other_routes(after.routes, kept))
    return LabStatus(
        lab=plan.lab,
        topology=str(shortest(Path(running.tag.topology))),
        timers=plan.timers.value,
        ipsec=plan.ipsec.value,
        nodes=len(plan.nodes),
        sessions=after.sessions,
        tunnels=after.tunnels,
        never_up=tuple(tunnel.name for tunnel in plan.never_up),
        routes=after.routes,
        flows=flows,
        unprobed=looks.unprobed,
        differences=after.differences,
        faults=faults,
        inventory=inventory(plan, after.differences),
        unsettled=_unsettled(plan, looks, () if in_force(after.differences, faults) else _not_back(after, flows, others or ())),
        other_routes=None if others is None else len(others),
        is_monitored=home.monitor.exists(),
        actions=home.actions(),
    )


def _looks(running: RunningLab, home: Home) -> _Looks:
    """Read the lab twice and probe its flows, also while another command changes the lab.

    If a command measures the lab, it is read without probes.
    """
    if measurer := home.measurer():
        return _unprobed(running, f"lab {home.lab} is measured by {measurer}")
    with ExitStack() as held:
        try:
            glance = _turn(running, held)
        except (LabBusyError, NodeError) as error:
            held.close()
            return _unprobed(running, str(error))
        before = look(running)
        glance.wait()
        after = look(running)
        held.close()
        flows = glance.seen()
    unknown = any(each.status.reachable is None for each in flows)
    return _Looks(before=before, after=after, flows=flows, unprobed=_BUSY if unknown else None)


def _turn(running: RunningLab, held: ExitStack) -> Glance:
    """Begin to probe. If another command looks at the lab at this moment, wait for our turn."""
    deadline = time.monotonic() + _TURN_SECONDS
    while True:
        try:
            return held.enter_context(glancing(running))
        except LabBusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_POLL_SECONDS)


def _unprobed(running: RunningLab, why: str) -> _Looks:
    return _Looks(before=look(running), after=look(running), flows=_unknown(running.plan), unprobed=why)


def _unknown(plan: Plan) -> tuple[GlanceAtFlow, ...]:
    ways = ((flow.name, direction) for flow in plan.flows for direction in DIRECTIONS)
    states = (FlowStatus(flow=flow, direction=direction, reachable=None, path=()) for flow, direction in ways)
    return tuple(GlanceAtFlow(status=state, changed=False) for state in states)


def _by_hand(differences: Sequence[Difference], kept: Sequence[HandFault], plan: Plan) -> tuple[HandFault, ...]:
    """The faults of `lab-break` that still have an effect in the lab."""
    if not kept:
        return ()
    from lab.api.hand_faults import behind  # noqa: PLC0415 - it knows every kind of fault and takes as long to load as all the rest

    return behind(differences, kept, plan)


def _not_back(now: Look, flows: Sequence[FlowStatus], others: Sequence[Difference]) -> tuple[Unsettled, ...]:
    """What is not as in the healthy lab although no fault is in force. It is still converging."""
    routes = dict.fromkeys(each.place for each in others)
    return (*missing(now, flows), *(Unsettled(what="route", name=node, changed=False) for node in routes))


def _unsettled(plan: Plan, looks: _Looks, not_back: Sequence[Unsettled]) -> tuple[Unsettled, ...]:
    """Everything that is still converging. Each thing is named once."""
    flows = tuple(each.status for each in looks.flows)
    turned = (Unsettled(what="flow", name=flow_name(each.status), changed=True) for each in looks.flows if each.changed)
    moving = (*changed(looks.before, looks.after), *turned, *astray(plan, flows, looks.after.routes))
    found: dict[tuple[str, str], Unsettled] = {}
    for each in (*moving, *not_back):
        found.setdefault((each.what, each.name), each)
    return tuple(found.values())
