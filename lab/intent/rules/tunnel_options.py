"""Rules for the tunnels of VPN connections: what AWS accepts as options (Site-to-Site VPN User Guide, tunnel options)."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.model.topology import VpnConnection
from lab.model.tunnel_options import Initiator, StartupAction

_LEAST_DPD = 30.0
_PHASE_1, _PHASE_2 = (900, 28800), (900, 3600)
"""The shortest and the longest lifetimes that AWS accepts, in seconds."""


def accepted(draft: Draft) -> Iterator[Finding]:
    """Rule: AWS accepts the options."""
    for vpn in draft.topology.vpn_connections:
        for key, message in (*_times(vpn), *_starts(vpn), *_key(vpn)):
            yield Finding(where=(*where(vpn), *key), message=message)


def _times(vpn: VpnConnection) -> Iterator[tuple[tuple[str, ...], str]]:
    options, under = vpn.options, "tunnel_options"
    if options.dpd_timeout < _LEAST_DPD:
        yield (under, "dpd_timeout"), f"AWS waits 30s or longer, found {options.dpd_timeout:g}s (write 30s)"
    for key, lifetime, (least, most) in (
        ("phase1_lifetime", options.phase1_lifetime, _PHASE_1),
        ("phase2_lifetime", options.phase2_lifetime, _PHASE_2),
    ):
        if not least <= lifetime <= most:
            yield (under, key), f"AWS accepts {least}s to {most}s, found {lifetime}s (write {min(max(lifetime, least), most)}s)"
    if options.phase2_lifetime >= options.phase1_lifetime:
        reason = f"an ESP SA must live shorter than its IKE SA, which lives {options.phase1_lifetime}s"
        yield (under, "phase2_lifetime"), f"{reason}, found {options.phase2_lifetime}s (write less)"


def _key(vpn: VpnConnection) -> Iterator[tuple[tuple[str, ...], str]]:
    if vpn.wrong_key and vpn.tunnels == 1:
        message = "with tunnels: 1 your gateway has one tunnel. With a wrong key it would have none (remove wrong_key, or tunnels: 1)"
        yield ("wrong_key",), message


def _starts(vpn: VpnConnection) -> Iterator[tuple[tuple[str, ...], str]]:
    options = vpn.options
    if options.startup_action is StartupAction.START and options.ike_version == 1:
        yield ("tunnel_options", "startup_action"), "AWS starts a tunnel only with IKEv2 (write startup_action: add, or ike_version: 2)"
    if options.initiator is Initiator.AWS and options.startup_action is StartupAction.ADD:
        reason = "with startup_action: add AWS waits for your gateway, so nobody would start the tunnels"
        yield ("initiator",), f"{reason} (write startup_action: start in tunnel_options, or initiator: customer)"
