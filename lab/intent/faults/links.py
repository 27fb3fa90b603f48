"""Reading faults of cables."""

from lab.intent.faults.parameters import Parameters
from lab.intent.faults.target import LINKS, Kind, target_of
from lab.model.fault import LinkDown, SilentLoss
from lab.model.plan import Plan


def _link_down(plan: Plan, target: str, _: Parameters) -> LinkDown:
    return LinkDown(links=target_of(plan, "link-down", target, LINKS).links)


def _silent_loss(plan: Plan, target: str, said: Parameters) -> SilentLoss:
    return SilentLoss(links=target_of(plan, "silent-loss", target, LINKS).links, way=said.way or "both")


KINDS: dict[str, Kind] = {
    "link-down": Kind(
        targets="links, or what has links (interconnect, provider, carrier, Direct Connect connection, shared risk)", resolve=_link_down
    ),
    "silent-loss": Kind(targets="as link-down", resolve=_silent_loss, takes=("way",)),
}
