"""Resolve faults of links."""

from lab.intent.faults.parameters import Parameters
from lab.intent.faults.target import CIRCUITS, LIGHTS, LINKS, Kind, UnfitError, target_of
from lab.model.fault import CarrierLoss, Delay, Flap, LinkDown, MtuDrop, PartialLoss, RateLimit, Side, SilentLoss
from lab.model.lag import members_among
from lab.model.plan import Plan, Role, Target

_LONGEST_DELAY_SECONDS = 10.0


def _link_down(plan: Plan, target: str, _: Parameters) -> LinkDown:
    return LinkDown(links=target_of(plan, "link-down", target, LINKS).links)


def _carrier_loss(plan: Plan, target: str, said: Parameters) -> CarrierLoss:
    links = target_of(plan, "carrier-loss", target, LIGHTS).links
    return CarrierLoss(links=tuple(link for link in links if _side(plan, link) == (said.side or "customer")))


def _flap(plan: Plan, target: str, said: Parameters) -> Flap:
    return Flap(links=target_of(plan, "flap", target, LINKS).links, count=said.count or 1)


def _silent_loss(plan: Plan, target: str, said: Parameters) -> SilentLoss:
    return SilentLoss(links=_carrying(plan, "silent-loss", target_of(plan, "silent-loss", target, LINKS)), way=said.way or "both")


def _partial_loss(plan: Plan, target: str, said: Parameters) -> PartialLoss:
    return PartialLoss(links=_crossed_once(plan, "partial-loss", target), loss=said.loss or 0.0, way=said.way or "both")


def _mtu_drop(plan: Plan, target: str, said: Parameters) -> MtuDrop:
    return MtuDrop(links=_crossed_once(plan, "mtu-drop", target), mtu=said.mtu or 0, way=said.way or "both")


def _rate_limit(plan: Plan, target: str, said: Parameters) -> RateLimit:
    return RateLimit(links=_crossed_once(plan, "rate-limit", target), bits_per_second=said.rate or 0, way=said.way or "both")


def _delay(plan: Plan, target: str, said: Parameters) -> Delay:
    links = _crossed_once(plan, "delay", target)
    seconds, jitter = said.delay or 0.0, said.jitter or 0.0
    if said.delay is not None and not 0 < seconds <= _LONGEST_DELAY_SECONDS:
        raise UnfitError(f"expected a delay of more than 0s and at most {_LONGEST_DELAY_SECONDS:g}s, found {seconds:g}s", where="delay")
    if said.delay is not None and jitter > seconds:
        raise UnfitError("jitter is larger than delay: packets would arrive before they are sent (reduce jitter)", where="jitter")
    return Delay(links=links, seconds=seconds, jitter_seconds=jitter, way=said.way or "both")


def _crossed_once(plan: Plan, kind: str, name: str) -> tuple[str, ...]:
    """The links of a target. Of a circuit, only the cable on the customer's side.

    A packet passes both cables of a circuit. With the fault on both, 5 % loss would become nearly 10 %.
    """
    target = target_of(plan, kind, name, LINKS)
    links = _carrying(plan, kind, target)
    if target.name in {node.name for node in plan.nodes if node.role is Role.WAN}:
        raise UnfitError(f"a packet passes two lines of {target.name}, so {kind} would count twice (use one line, such as {links[0]})")
    return tuple(link for link in links if _side(plan, link) == "customer") if CIRCUITS.fits(target) else links


def _carrying(plan: Plan, kind: str, target: Target) -> tuple[str, ...]:
    """The links of a target that carry packets. Raises UnfitError if there are only members of a LAG."""
    members = members_among(plan.bundles, target.links)
    carrying = tuple(link for link in target.links if link not in members)
    if not carrying:
        reason = f"{target.name} is a member of a LAG. The lab does not say which packets a member carries, so {kind} cannot break it alone"
        raise UnfitError(f"{reason} (use link-down, carrier-loss or flap, or the whole LAG as target)")
    return carrying


def _side(plan: Plan, name: str) -> Side:
    """The side of the circuit, seen from the carrier's equipment, on which a cable is."""
    link = plan.link(name)
    aws = Role.DX_DEVICE in {plan.node(end.node).role for end in (link.a, link.b)}
    return "aws" if aws else "customer"


KINDS: dict[str, Kind] = {
    "link-down": Kind(
        targets="links, or a target with links (interconnect, provider, carrier, Direct Connect connection, shared risk)",
        resolve=_link_down,
    ),
    "carrier-loss": Kind(
        targets="Direct Connect connections, members of LAGs, or a target with some (carrier, shared risk)",
        resolve=_carrier_loss,
        needs=("side",),
    ),
    "flap": Kind(targets="same as link-down", resolve=_flap, needs=("count",)),
    "silent-loss": Kind(targets="same as link-down", resolve=_silent_loss, takes=("way",)),
    "partial-loss": Kind(targets="same as link-down", resolve=_partial_loss, takes=("way",), needs=("loss",)),
    "mtu-drop": Kind(targets="same as link-down", resolve=_mtu_drop, takes=("way",), needs=("mtu",)),
    "rate-limit": Kind(targets="same as link-down", resolve=_rate_limit, takes=("way",), needs=("rate",)),
    "delay": Kind(targets="same as link-down", resolve=_delay, takes=("jitter", "way"), needs=("delay",)),
}
