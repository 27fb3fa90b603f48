"""What the emulation does not have, and why."""

from tests.live.behaviour.ike import OPTIONS
from tests.live.behaviour.row import Row


def _without(behaviour: str, source: str, why_not: str, *of: str) -> Row:
    return Row(behaviour=behaviour, source=source, of=of, why_not=why_not)


ROWS = (
    _without(
        "AWS's BFD is on for every virtual interface and does nothing until the customer speaks.",
        "3.2 D23, RP",
        "FRR 10.3 keeps BGP Idle while a configured BFD session is down, passive or not; AWS's end has it where the customer has it. "
        "So a customer that takes BFD away loses BGP, where AWS would carry on.",
        "BFD 300×3 async, passive until customer speaks",
    ),
    _without(
        "A route without MED counts as 0 from Direct Connect and as 100 from a VPN on a transit gateway.",
        "2.2 T26",
        "FRR's route-maps cannot match a missing MED. So among VPN routes one without MED beats one with 50 here, and loses to it at AWS.",
        "MED rules",
    ),
    _without(
        "CloudWatch's metrics with their names, dimensions and periods.",
        "6.1 V26, D26",
        "Nothing collects them; `lab-status` tells the same facts of a moment: sessions, tunnels, routes.",
        "Metrics",
    ),
    _without(
        "A failover test shows the virtual interface as `testing`, ends by itself and leaves a record.",
        "3.6 D23",
        "There is no AWS API in a lab; the fault `bgp-shutdown` does to BGP what the test does, for as long as a check says.",
        "Failover test / FIS",
    ),
    _without(
        "StartupAction `start`, DPD actions `none` and `restart`, IKEv1, certificates, lifetimes and lists of a customer's choice.",
        "1.3 V26",
        "A topology has no words for tunnel options: AWS's end has the defaults.",
        *OPTIONS,
    ),
    _without(
        "Group 35 and further key exchanges in IKEv2 (post-quantum).",
        "1.3 BC",
        "Known from an API model alone; strongSwan's ML-KEM is not in the image.",
        *OPTIONS,
    ),
    _without(
        "Between a customer's proposals that differ only in their Diffie-Hellman group AWS takes the lowest one.",
        "1.3 V23",
        "AWS's end has a proposal for each cipher and hash, which it goes through in order; one for each group, too, would be 208 of them.",
        *OPTIONS,
    ),
    _without(
        "Graceful restart with 120 s on virtual interfaces.",
        "3.2 D26, RP",
        "Off at both ends of every session: it would keep dead routes, and AWS advises against it beside BFD. "
        "So an outage that stale routes make longer is not seen.",
    ),
    _without(
        "A stateful firewall at the edge of a site, or of a VPC, drops what comes back by another way than it went out.",
        "2.1 RP",
        "No node keeps state: any asymmetry passes. `symmetric: true` in a check finds ways that differ.",
    ),
    _without(
        "A customer gateway that does not initiate again leaves a tunnel down after AWS replaced its endpoint.",
        "1.3 V26, 1.8",
        "Customer gateways here always initiate again, within a second.",
    ),
    _without(
        "The customer's own preference among its ways to AWS, as its routers are configured.",
        "2.3 D26",
        "Fixed: Direct Connect before VPN, and of equal ways the one that is written first in the topology's file.",
    ),
    _without(
        "Of two Direct Connect gateways on one transit gateway, tags are not compared, and only identical AS_PATHs share.",
        "2.3 RP",
        "Reported only. Here 7224:7100 to 7224:7300 are compared across them.",
    ),
    _without(
        "Which tunnel a virtual private gateway takes among equal ones, and when it changes its mind.",
        "1.6 V23",
        "Not published. Here it is the first connection's first tunnel, and its MED 100 does not follow when the egress is moved.",
        "VGW single egress",
    ),
    _without(
        "Among routes equal in everything a transit gateway keeps the oldest.",
        "2.2 ST",
        "Only reported, and not reproducible; the lowest router ID wins here.",
    ),
    _without(
        "Whether an untagged route from another Region's location is above or below one with 7224:7100.",
        "2.3 D26",
        "Not published; here it is above.",
        "LP communities",
    ),
    _without(
        "A packet to somewhere its sender has not been told of is lost at AWS.",
        "3.4 D23",
        "A device has one table for all its virtual interfaces: it hides routes from a customer, and stops no packet sent without one.",
        "DXGW non-transit",
    ),
    _without(
        "A prefix announced both with and without SiteLink on one device still goes to the other sites.",
        "4 XC",
        "The device tells them its best path, which may be the one without the flag; on two devices it is right.",
    ),
    _without(
        "Switching SiteLink on or off, or another change of a virtual interface, resets its BGP.",
        "4 XC",
        "A lab is made from a topology and does not change; a new one is deployed.",
    ),
    _without(
        "VLAN tags on virtual interfaces.",
        "3.1 D23",
        "Only where the kernel has 802.1Q; elsewhere each virtual interface has a cable of its own, and the VLAN is only checked.",
    ),
    _without("LAG, LACP and minimum links.", "3.1 D23, D26", "Not every kernel has bonding; a connection is one circuit."),
    _without(
        "Jumbo frames on Direct Connect, no answer to a packet that is too long for a tunnel, MSS clamping by a transit gateway.",
        "1.4 V23, T23; 3.1 D23",
        "Cables carry 1500 octets. AWS's ends here do answer packets that are too long (ICMP); probes take no notice, so no verdict does.",
    ),
    _without(
        "Bandwidth and packets a second of tunnels, hosted connections and ports; MACsec, light levels.",
        "1.4 V23, 3.1 D26",
        "A lab's cables are as fast as the host unless a check limits them (rate-limit); no limit of AWS's is put on them by itself.",
    ),
    _without(
        "How long AWS takes inside: propagation in gateways and VPC route tables, how long an endpoint is away for its replacement.",
        "7.1, 1.8 XC",
        "Not published, or minutes. Inside, sessions have BFD 300 ms × 3; reports measure the rest.",
    ),
    _without(
        "VPC route tables, and a transit gateway's: associations, propagations, blackholes, policy tables, peering.",
        "2.1 C23, 2.2 T26",
        "A VPC is one host behind its gateway, and a transit gateway has one table with everything in it.",
    ),
    _without(
        "Prefixes beyond 100 a virtual interface by prefix pools; the limits of what AWS announces (1 000 and 5 000 by VPN).",
        "3.3 D26, 1.5 V23",
        "A lab has AWS's defaults, and networks far below those.",
        "Prefix limit → Idle until cleared",
    ),
    _without(
        "Public virtual interfaces, accelerated and private-IP VPN, Connect, Concentrator, Cloud WAN, IPv6.",
        "1.9, 2.2, 2.3",
        "Out of scope: a topology that asks for them is refused in plain words.",
    ),
)
