"""LAGs: the minimum of links, from which on all of a LAG is down."""

from lab.runtime.lab import RunningLab
from tests.live.behaviour.doing import broken, established
from tests.live.behaviour.labs import DX
from tests.live.behaviour.row import shown
from tests.live.behaviour.seen import state
from tests.waiting import wait_for

_VIFS = ("vif3", "vif5")


@shown(
    "A LAG with fewer working members than its minimum links is down, with all its virtual interfaces. Else the others carry it.",
    source="3.1 D23, D26",
    lab=DX,
    done="A LAG has three members and needs two. One member goes dark, then a second one at AWS's end only. Then both return.",
    seen="With two members both BGP sessions stay up. With one, both are lost at once. With three they come back.",
)
def minimum_links(lab: RunningLab) -> None:
    sessions = [each for vif in _VIFS for each in lab.plan.target(vif).sessions]
    with broken(lab, "link-down", "dx3-1"):
        for each in sessions:
            assert state(lab, each.node, each.neighbor_node) == "Established"
        with broken(lab, "link-down", f"dx3-2--{sessions[0].node}"), broken(lab, "link-down", f"dx3-2--{sessions[1].node}"):
            for each in sessions:
                wait_for(lambda each=each: state(lab, each.node, each.neighbor_node) != "Established", "AWS without the session", 3)
    for each in sessions:
        established(lab, each.node, each.neighbor_node)
