"""Resolve faults of VPN connections."""

from lab.intent.faults.parameters import Parameters
from lab.intent.faults.target import TUNNELS, Kind, UnfitError, target_of
from lab.model.change import MedShown
from lab.model.fault import EndpointReplacement, IkeDelete, RekeyFailure, TunnelDown, WrongKey
from lab.model.plan import Plan
from lab.spelling import listed

_MAINTENANCE_MED = 50
"""Lower than the MEDs that AWS normally sends (100 and 200). AWS does not publish the MED that it uses in a maintenance."""


def _tunnel_down(plan: Plan, target: str, _: Parameters) -> TunnelDown:
    return TunnelDown(tunnels=target_of(plan, "tunnel-down", target, TUNNELS).tunnels)


def _ike_delete(plan: Plan, target: str, _: Parameters) -> IkeDelete:
    return IkeDelete(tunnels=target_of(plan, "ike-delete", target, TUNNELS).tunnels)


def _rekey_failure(plan: Plan, target: str, _: Parameters) -> RekeyFailure:
    tunnels = target_of(plan, "rekey-failure", target, TUNNELS).tunnels
    if any(plan.tunnel(each).options.ike_version == 1 for each in tunnels):
        raise UnfitError(f"{target!r} has ike_version: 1, where a tunnel without PFS does not even come up (use IKEv2 or another fault)")
    return RekeyFailure(tunnels=tunnels)


def _wrong_key(plan: Plan, target: str, _: Parameters) -> WrongKey:
    return WrongKey(tunnels=target_of(plan, "wrong-key", target, TUNNELS).tunnels)


def _endpoint_replacement(plan: Plan, target: str, _: Parameters) -> EndpointReplacement:
    tunnels = target_of(plan, "endpoint-replacement", target, TUNNELS).tunnels
    if len(tunnels) != 1:
        raise UnfitError(f"{target!r} has {len(tunnels)} tunnels; AWS replaces one endpoint at a time (write one of {listed(tunnels)})")
    tunnel = plan.tunnel(tunnels[0])
    other = next((each for each in plan.tunnels if each.connection == tunnel.connection and each != tunnel), None)
    return EndpointReplacement(
        tunnel=tunnel.name,
        endpoint=tunnel.aws.node,
        customer=tunnel.customer.node,
        other=MedShown(planned=other.shown, med=_MAINTENANCE_MED) if other and other.shown else None,
    )


KINDS: dict[str, Kind] = {
    "tunnel-down": Kind(targets="tunnels, or VPN connections", resolve=_tunnel_down),
    "ike-delete": Kind(targets="same as tunnel-down", resolve=_ike_delete),
    "rekey-failure": Kind(targets="same as tunnel-down", resolve=_rekey_failure),
    "wrong-key": Kind(targets="same as tunnel-down", resolve=_wrong_key),
    "endpoint-replacement": Kind(targets="a tunnel", resolve=_endpoint_replacement),
}
