"""Whole labs: AWS's inside stays hidden, and FRR understands every line of configuration."""

from lab.runtime.lab import RunningLab
from tests.live.behaviour.doing import announced, customer_of, keeping_communities
from tests.live.behaviour.labs import DX, SITELINK, TGW
from tests.live.behaviour.row import Row, Shown
from tests.live.behaviour.seen import paths, prefixes, run

_INSIDE = "65551"
_EVERYWHERE = {
    DX: ("vif1", "vif2", "vif3", "vif4", "vif5", "vpn1"),
    TGW: ("vif1", "vpn1", "vpn2"),
    SITELINK: ("vif1", "vif2", "vif3", "vif4", "vif5", "vif6-ipv4"),
}
"""For each lab, a virtual interface or VPN connection of every customer router."""


def _nothing_of_the_inside(lab: RunningLab) -> None:
    """All customers announce with a community for AWS. No customer may receive such a community, or anything of AWS's hidden AS."""
    names = _EVERYWHERE[lab.plan.name]
    for name in names:
        node = customer_of(lab, name).node
        own = next(prefix for prefix in prefixes(lab, node) if any(path.heard_from.endswith("-core") for path in paths(lab, node, prefix)))
        with announced(lab, name, (own,), "community 7224:7200 65000:1"):
            for each in dict.fromkeys(customer_of(lab, name).node for name in names):
                _clean(lab, each)


def _clean(lab: RunningLab, node: str) -> None:
    for way in ("DX", "VPN"):
        with keeping_communities(lab, node, way):
            for prefix in prefixes(lab, node):
                for path in paths(lab, node, prefix):
                    told = (*path.communities, *path.as_path.split())
                    assert not [each for each in told if each.startswith((_INSIDE, "7224:"))], f"{node}, {prefix}: {path}"


def _understood(lab: RunningLab) -> None:
    """Each daemon checks its file (`daemon -C`) and must not name any unknown line."""
    for node in lab.plan.nodes:
        for daemon in ("zebra", "bfdd", "bgpd"):
            if daemon in node.daemons:
                said = run(lab, node.name, f"/usr/lib/frr/{daemon}", "-C", "-f", f"/lab/frr/{daemon}.conf")
                # without zebra, FRR 10.3 warns of this line, although it takes it
                refused = [line for line in said.splitlines() if "config line" in line and not line.endswith(" graceful-restart")]
                assert not refused, f"{node.name}: {said}"


def _rows(behaviour: str, source: str, words: tuple[str, str], function: Shown) -> tuple[Row, ...]:
    return tuple(
        Row(behaviour=f"{behaviour} ({lab})", source=source, lab=lab, done=words[0], seen=words[1], shown_by=function)
        for lab in _EVERYWHERE
    )


ROWS = (
    *_rows(
        "No customer sees another customer's 7224 community, or anything of AWS's inside.",
        "2.3 D26, 4 XC",
        (
            "Every customer router announces with a community for AWS, and keeps the communities it hears.",
            "No path on these routers has a 7224 community, the hidden AS 65551 or one of its tags.",
        ),
        _nothing_of_the_inside,
    ),
    *_rows(
        "FRR understands every line of every router's configuration.",
        "of the emulation",
        ("zebra, bfdd and bgpd of every node check their files with -C.", "None reports an unknown line."),
        _understood,
    ),
)
