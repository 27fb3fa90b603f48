"""IPv6 beside IPv4 on a virtual interface: one BGP session for each family."""

from lab.model.bgp import BgpSession
from lab.runtime.frr import vty
from lab.runtime.lab import RunningLab
from tests.live.behaviour.doing import broken
from tests.live.behaviour.labs import SITELINK
from tests.live.behaviour.row import shown
from tests.live.behaviour.seen import answers, run
from tests.waiting import wait_for

_SITE, _VPC = "dc5-host", "app-host"


@shown(
    "A virtual interface with IPv4 and IPv6 has a BGP session for each. Each session has its own hold time, and is lost alone.",
    source="3.1 AT26, BC",
    lab=SITELINK,
    done="AWS shuts the IPv6 session of a virtual interface, then only its IPv4 session. The customer proposes 20/60 s for IPv6 only.",
    seen="AWS has the first address of a /125, the customer the second. The IPv6 session holds 60 s, the other one does not. "
    "Without a session the pings of its family are lost, and those of the other one are answered.",
)
def one_session_each(lab: RunningLab) -> None:
    (first,), (second,) = (lab.plan.target(f"vif6-{family}").sessions for family in ("ipv4", "ipv6"))
    (aws,) = (each.ipv6 for each in lab.plan.node(second.node).interfaces if each.ipv6 and each.ipv6.network.prefixlen == 125)
    assert (aws.ip, second.neighbor) == (aws.network[1], aws.network[2])
    holds = [_told(lab, each)["bgpTimerHoldTimeMsecs"] for each in (first, second)]
    assert holds[1] == 60_000 != holds[0], holds
    for family, lost, kept in (("ipv6", second, first), ("ipv4", first, second)):
        with broken(lab, "bgp-shutdown", f"vif6-{family}"):
            wait_for(lambda lost=lost: not _is_up(lab, lost), f"the loss of {family}")
            wait_for(lambda lost=lost: not _answers(lab, lost), f"the loss of pings of {family}")
            assert _is_up(lab, kept)
            assert _answers(lab, kept)
        wait_for(lambda lost=lost: _is_up(lab, lost) and _answers(lab, lost), f"{family} again")


def _told(lab: RunningLab, of: BgpSession) -> dict[str, object]:
    told = vty.ask(lab.pid(of.node), "bgpd", f"show bgp neighbors {of.neighbor} json")[str(of.neighbor)]
    assert isinstance(told, dict)
    return told


def _is_up(lab: RunningLab, of: BgpSession) -> bool:
    return _told(lab, of)["bgpState"] == "Established"


def _answers(lab: RunningLab, of: BgpSession) -> bool:
    """Whether a ping of the session's family from the site to the VPC is answered."""
    if of.neighbor.version == 4:
        return answers(lab, _SITE, _VPC)
    address = next(each.ipv6.ip for each in lab.plan.node(_VPC).interfaces if each.ipv6)
    return " 0% packet loss" in run(lab, _SITE, "ping", "-6", "-c", "1", "-W", "1", str(address))
