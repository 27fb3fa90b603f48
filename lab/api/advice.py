"""What each possible addition to a topology would save. Additions are tried one at a time. This needs no lab."""

from collections.abc import Sequence

from lab.compiler import outline_topology
from lab.errors import LabError
from lab.intent import free_inside_cidrs, mistakes
from lab.model.advice import Addition, Advice, Advised, LeftOut
from lab.model.availability import FlowAvailability
from lab.model.plan import Ipsec, Timers
from lab.model.topology import Topology
from lab.predict import Predictor
from lab.predict.advice import additions, advice, are_comparable
from lab.predict.availability import availability

_TOO_LARGE = "too large to compare exactly"


def advised(topology: Topology, timers: Timers, before: Sequence[FlowAvailability]) -> Advised:
    """What each possible addition to a topology would save. The addition with the largest saving is first.

    `before`: the availability of the flows without any addition.
    """
    free = free_inside_cidrs({cidr for vpn in topology.vpn_connections for cidr in vpn.inside_cidrs})
    found: list[Advice] = []
    left_out: list[LeftOut] = []
    for each in additions(topology, (next(free), next(free))):
        tried = _tried(each, timers, before)
        if isinstance(tried, Advice):
            found.append(tried)
        else:
            left_out.append(tried)
    return Advised(
        topology=topology.name,
        minutes_a_year=sum(each.minutes_a_year + each.failover_minutes[1] for each in before),
        advice=tuple(sorted(found, key=lambda one: -one.minutes_saved)),
        left_out=tuple(left_out),
    )


def _tried(addition: Addition, timers: Timers, before: Sequence[FlowAvailability]) -> Advice | LeftOut:
    """What an addition would save, or why the saving cannot be computed."""
    wrong = mistakes(addition.topology)
    if wrong:
        return LeftOut(change=addition.change, reason="; ".join(wrong))
    try:
        plan = outline_topology(addition.topology, timers=timers, ipsec=Ipsec.USERSPACE)
        after = availability(Predictor(plan), addition.topology.stated).flows
    except LabError as error:
        return LeftOut(change=addition.change, reason=str(error))
    if not are_comparable(before, after):
        return LeftOut(change=addition.change, reason=_TOO_LARGE)
    return advice(addition, before, after)
