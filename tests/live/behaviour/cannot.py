"""Behaviours of AWS that the lab does not have, and why."""

from tests.live.behaviour.ike import OPTIONS
from tests.live.behaviour.row import Row


def _without(behaviour: str, source: str, why_not: str, *of: str) -> Row:
    return Row(behaviour=behaviour, source=source, of=of, why_not=why_not)


ROWS = (
    _without(
        "AWS's BFD is on for every virtual interface and does nothing until the customer starts it.",
        "3.2 D23, RP",
        "FRR 10.3 keeps BGP Idle while a configured BFD session is down, passive or not. So AWS's end here has BFD only where the customer "
        "has it. A customer that switches BFD off loses BGP here, but not at AWS.",
        "BFD 300×3 async, passive until customer speaks",
    ),
    _without(
        "On a transit gateway a missing MED counts as 0 from Direct Connect and as 100 from a VPN.",
        "2.2 T26",
        "FRR's route-maps cannot match a missing MED. So a VPN route without MED beats one with 50 here, but loses to it at AWS.",
        "MED rules",
    ),
    _without(
        "CloudWatch metrics with their names, dimensions and periods.",
        "6.1 V26, D26",
        "A lab has no CloudWatch. Reports compute when its alarms would ring. With `--monitor`, Prometheus has the same facts under other "
        "names.",
        "Metrics",
    ),
    _without(
        "During a failover test the virtual interface's state is `testing`. The test ends by itself and leaves a record.",
        "3.6 D23",
        "A lab has no AWS API. The fault `bgp-shutdown` has the same effect on BGP, for as long as a check says.",
        "Failover test / FIS",
    ),
    _without(
        "Certificates in place of pre-shared keys, and other lists of suites than AWS's whole one.",
        "1.3 V26",
        "The lab makes its own keys, and a certificate would show nothing else on a path. AWS's end allows everything that AWS does.",
        *OPTIONS,
    ),
    _without(
        "The second tunnel of a connection that the customer has not configured: its endpoint, its state DOWN, and its alarm.",
        "1.1 V23, V26",
        "With `tunnels: 1` the lab has one endpoint. The alarm `any-tunnel-down`, which AWS's second tunnel would keep ringing, counts the "
        "first tunnel alone.",
    ),
    _without(
        "Group 35 and further key exchanges in IKEv2 (post-quantum).",
        "1.3 BC",
        "Known only from an API model. The image does not have strongSwan's ML-KEM.",
        *OPTIONS,
    ),
    _without(
        "If a customer's proposals differ only in their Diffie-Hellman group, AWS chooses the lowest group.",
        "1.3 V23",
        "AWS's end has one proposal for each cipher and hash. One for each group, too, would make 208 proposals.",
        *OPTIONS,
    ),
    _without(
        "AWS sends packets of up to 1500 octets to prefixes that it learns over jumbo frames and also over a VPN, or without jumbo frames.",
        "3.1 D23, AT26",
        "A Linux route that FRR installs has the MTU of its interface. The lab sends 9001 octets (8500 from a transit gateway). The audit "
        "finds such designs (FL607).",
    ),
    _without(
        "A transit gateway changes the MSS of TCP connections, and sends no ICMP for packets that are too long.",
        "1.4 T23",
        "Probes are UDP, so nothing would show another MSS. The lab's routers report a packet that is too long, so that a check can say "
        "where it was lost.",
    ),
    _without(
        "Whether AWS keeps a customer's routes after its hold time or a notification (RFC 8538's N bit) is not published.",
        "3.2 D26, RP",
        "AWS publishes only the restart time of 120 s. The lab's AWS keeps them, as FRR 10.3 does by default, but not after BFD, and only "
        "where the customer has graceful restart. It does not say that its kernel kept its routes (F bit), so a restart is not hitless.",
    ),
    _without(
        "With two Direct Connect gateways on one transit gateway, communities are not compared and only identical AS_PATHs share.",
        "2.3 RP",
        "Only reported by users. Here 7224:7100 to 7224:7300 are compared across both.",
    ),
    _without(
        "Which of several equal tunnels a virtual private gateway uses, and when it moves to another.",
        "1.6 V23",
        "Not published. Here it is the first connection's first tunnel. MED 100 stays on that tunnel when the egress moves.",
        "VGW single egress",
    ),
    _without(
        "Among completely equal routes a transit gateway keeps the oldest.",
        "2.2 ST",
        "Only reported by users, and not reproducible. Here the lowest router ID wins.",
    ),
    _without(
        "Whether an untagged route from another Region's location beats one with 7224:7100.",
        "2.3 D26",
        "Not published. Here it does.",
        "LP communities",
    ),
    _without(
        "AWS drops a packet to a prefix that it has not announced to the sender.",
        "3.4 D23",
        "A device here has one routing table for all its virtual interfaces. It hides routes from a customer, but forwards such a packet.",
        "DXGW non-transit",
    ),
    _without(
        "A prefix announced with and without SiteLink on one device still reaches the other sites.",
        "4 XC",
        "The device announces only its best path, which may be the one without SiteLink. With two devices it is right.",
    ),
    _without(
        "A change of a virtual interface, such as SiteLink on or off, resets its BGP session.",
        "4 XC",
        "A lab does not change. A changed topology is deployed as a new lab.",
    ),
    _without(
        "VLAN tags on virtual interfaces.",
        "3.1 D23",
        "Only if the kernel has 802.1Q. Otherwise each virtual interface has its own cable, and the VLAN number is only checked.",
    ),
    _without(
        "LACP, and which packets a member of a LAG carries.",
        "3.1 D23, D26",
        "Not every kernel has bonding. A LAG's packets take one cable, which has light while enough members have light.",
    ),
    _without(
        "AWS's end of a tunnel sends no ICMP for a packet that is too long for it.",
        "1.4 V23",
        "The lab's ends do, so that a check can say where it was lost. Probes ignore it, so no verdict depends on it.",
    ),
    _without(
        "Limits of bits and packets a second on tunnels, hosted connections and ports. MACsec and light levels.",
        "1.4 V23, 3.1 D26",
        "Cables are as fast as the host, unless a check limits them (`rate-limit`). Only `audit` compares bandwidths (FL606).",
    ),
    _without(
        "AWS's internal times: propagation in gateways and VPC route tables, and the time to replace an endpoint.",
        "7.1, 1.8 XC",
        "Not published, or minutes. Internal sessions here have BFD (300 ms × 3). Reports measure the rest.",
    ),
    _without(
        "Several route tables of a VPC. Policy tables of a transit gateway. Several of its route tables with Direct Connect or peerings.",
        "2.1 C23, 2.2 T26",
        "A VPC has one subnet and one table. Several tables of a transit gateway are for VPCs and VPNs with BGP: other uses are refused.",
    ),
    _without(
        "Limits of AWS's own announcements to a customer gateway: 1 000 prefixes, from a transit gateway 5 000.",
        "1.5 V23",
        "The networks of labs are far below them.",
        "Prefix limit → Idle until cleared",
    ),
    _without(
        "Public virtual interfaces, and VPN over one.",
        "2.3 D26",
        "No host of the lab has one of AWS's public addresses. A VPN over one is a VPN whose provider is the circuit's carrier.",
    ),
    _without(
        "Transit Gateway Connect: BGP in GRE over another attachment.",
        "1.5 T23",
        "Not every kernel has GRE. Private-IP VPN is the tunnel over Direct Connect that the lab has.",
    ),
    _without(
        "Accelerated VPN, Concentrator, Cloud WAN, IPv6 in VPN tunnels.",
        "1.9, 2.2, 2.3",
        "Out of scope. A topology that uses them is refused with a clear message.",
    ),
)
