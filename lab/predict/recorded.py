"""What routers would record in a check in which components fail. So alarms can be judged without a lab."""

from collections.abc import Iterator, Sequence

from lab.model.broken import Broken
from lab.model.event import Event, FaultStarted, Noticed
from lab.model.evidence import TimelineEvent
from lab.model.ip import Prefix
from lab.model.plan import Plan
from lab.model.prediction import Component
from lab.predict.detection import CARRIER, Loss, silent
from lab.predict.prediction import Predictor

_FIRST, _LAST = 0, 1


def as_recorded(predictor: Predictor, failed: Sequence[Component]) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """The events of a check in which components fail: first if each loss is noticed as early as possible, then if as late as possible.

    The failure is at 0 s.
    """
    losses, changed, begun = predictor.losses(failed), tuple(predictor.changed_routes(failed)), tuple(_fault(failed))

    def heard(which: int) -> tuple[Event, ...]:
        told = [*_ports(predictor.plan, failed, which), *(_told(loss, which) for loss in losses), *_routes(losses, changed, which)]
        return tuple(Noticed(event=event) for event in sorted(told, key=lambda event: event.at))

    return (*begun, *heard(_FIRST)), (*begun, *heard(_LAST))


def _fault(failed: Sequence[Component]) -> Iterator[FaultStarted]:
    for number, each in enumerate(failed):
        broken = Broken(nodes=each.nodes, links=(*each.links, *each.silent), tunnels=each.tunnels)
        yield FaultStarted(step=number, kind=each.fault, target=each.name, before=0.0, after=0.0, event=0, breaks=broken)


def _ports(plan: Plan, failed: Sequence[Component], which: int) -> Iterator[TimelineEvent]:
    """The ports of living nodes that lose their carrier."""
    dead = {node for each in failed for node in each.nodes}
    for link in (plan.link(name) for each in failed for name in each.links):
        for end in (link.a, link.b):
            if end.node not in dead:
                yield TimelineEvent(at=CARRIER[which], node=end.node, source="link", what=f"{end.interface} down", lost=str(end))


def _told(loss: Loss, which: int) -> TimelineEvent:
    """The event with which the node would record the loss of a session or a tunnel.

    When a tunnel's IKE SA is gone, the node removes its routes at once. The session in the tunnel ends later, when its packets are missed.
    Graceful restart keeps routes after the end of their session.
    """
    notice = silent(loss.session) if loss.session and loss.notice.by == "IKE" else loss.notice
    at = notice.seconds[which] - notice.kept
    if loss.session is None:
        return TimelineEvent(at=at, node=loss.hop.node, source="ike", what=f"{loss.hop.tunnel}: IKE SA deleted", lost=loss.hop.tunnel)
    what = f"neighbor {loss.session.sender} ({loss.session.at_receiver.address}) down"
    return TimelineEvent(at=at, node=loss.session.receiver, source="bgp", what=what)


def _routes(losses: Sequence[Loss], changed: Sequence[tuple[str, Prefix]], which: int) -> Iterator[TimelineEvent]:
    """The routes that change. No router can know of the failure before the first loss is noticed."""
    first = min((loss.notice.seconds[which] for loss in losses), default=CARRIER[which])
    for router, prefix in changed:
        yield TimelineEvent(at=first, node=router, source="route", what=f"{prefix} changed", prefix=prefix)
