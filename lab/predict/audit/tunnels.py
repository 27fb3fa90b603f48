"""FL5: tunnels that nobody starts again, that are not used, or whose end nobody misses."""

from collections.abc import Iterator

from lab.model.audit import Code, Severity
from lab.model.topology import VpnConnection
from lab.model.tunnel_options import DpdAction
from lab.model.where import where
from lab.predict.audit.design import Design
from lab.predict.audit.rule import Hit, Rule


def _nobody_starts(design: Design) -> Iterator[Hit]:
    for vpn in design.topology.vpn_connections:
        if not vpn.options.comes_back:
            by_dpd = vpn.options.dpd_action is DpdAction.RESTART
            after = "a new endpoint" if by_dpd else "an interruption"
            yield Hit(
                where=(*where(vpn), "initiator"),
                subject=vpn.name,
                message=f"after {after} nobody starts {_tunnels(vpn)} of {vpn.name} again, because AWS has startup_action: add",
                revealed_by=f"AWS replaces an endpoint of {vpn.name}",
            )


def _one_of_two(design: Design) -> Iterator[Hit]:
    for vpn in design.topology.vpn_connections:
        if vpn.tunnels == 1:
            yield Hit(
                where=(*where(vpn), "tunnels"),
                subject=vpn.name,
                message=f"{vpn.name} uses one of its two tunnels, so it is down whenever AWS replaces that tunnel's endpoint",
                revealed_by=f"AWS replaces the endpoint of {vpn.name}-1",
            )


def _never_up(design: Design) -> Iterator[Hit]:
    for vpn in design.topology.vpn_connections:
        if vpn.wrong_key:
            other = f"{vpn.name}-{3 - vpn.wrong_key}"
            yield Hit(
                where=(*where(vpn), "wrong_key"),
                subject=vpn.name,
                message=f"{vpn.name}-{vpn.wrong_key} never comes up, so {vpn.name} is down whenever AWS replaces the endpoint of {other}",
                revealed_by=f"AWS replaces the endpoint of {other}",
            )


def _never_missed(design: Design) -> Iterator[Hit]:
    for vpn in design.topology.vpn_connections:
        if vpn.static_routes and vpn.options.dpd_action is DpdAction.NONE:
            yield Hit(
                where=(*where(vpn), "tunnel_options", "dpd_action"),
                subject=vpn.name,
                message=f"{vpn.name} has no BGP and AWS has dpd_action: none, so AWS sends into a dead tunnel for ever",
                revealed_by=f"{vpn.provider} loses all packets",
            )


def _tunnels(vpn: VpnConnection) -> str:
    return "the tunnel" if vpn.working == 1 else "the tunnels"


RULES = (
    Rule(
        look=_nobody_starts,
        code=Code(
            code="FL504",
            severity=Severity.WARNING,
            title="Nobody starts the tunnels again",
            symptom="The tunnel works for months. After AWS's maintenance it stays down until somebody starts it by hand.",
            revealed_by="AWS replaces an endpoint",
            remedy="Let your gateway start its tunnels again, or write startup_action: start in tunnel_options.",
            section_8=(4,),
        ),
    ),
    Rule(
        look=_one_of_two,
        code=Code(
            code="FL505",
            severity=Severity.WARNING,
            title="A VPN connection uses one of its two tunnels",
            symptom="AWS replaces the endpoints of a connection one at a time. Without the other tunnel this is an outage of minutes.",
            revealed_by="AWS replaces the endpoint of the tunnel",
            remedy="Configure both tunnels on your gateway: remove tunnels: 1.",
            section_8=(3,),
        ),
    ),
    Rule(
        look=_never_missed,
        code=Code(
            code="FL506",
            severity=Severity.WARNING,
            title="AWS never notices that a static VPN's peer is dead",
            symptom="AWS sends into a dead tunnel, although the connection's other tunnel works.",
            revealed_by="the provider loses all packets",
            remedy="Write dpd_action: clear or restart, or use BGP: remove static_routes.",
            section_8=(5,),
        ),
    ),
    Rule(
        look=_never_up,
        code=Code(
            code="FL508",
            severity=Severity.ERROR,
            title="A tunnel never comes up",
            symptom="The connection works by its other tunnel for months. When AWS replaces that one's endpoint, it is down for minutes.",
            revealed_by="AWS replaces the endpoint of the other tunnel",
            remedy="Give your gateway the key that AWS has: remove wrong_key. Then watch the metric TunnelState of both tunnels.",
            section_8=(3,),
        ),
    ),
)
