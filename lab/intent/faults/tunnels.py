"""Reading faults of VPN connections."""

from lab.intent.faults.parameters import Parameters
from lab.intent.faults.target import TUNNELS, Kind, target_of
from lab.model.fault import TunnelDown
from lab.model.plan import Plan


def _tunnel_down(plan: Plan, target: str, _: Parameters) -> TunnelDown:
    return TunnelDown(tunnels=target_of(plan, "tunnel-down", target, TUNNELS).tunnels)


KINDS: dict[str, Kind] = {"tunnel-down": Kind(targets="tunnels, or VPN connections", resolve=_tunnel_down)}
