"""The options of a VPN connection's tunnels, in the words of a topology."""

from collections.abc import Callable, Iterator, Mapping

from lab.importers.account import VpnConnection
from lab.importers.build.yaml_text import Value
from lab.model.tunnel_options import USUAL_TUNNEL

_Word = Callable[[str], Value]
_KEYS: Mapping[str, tuple[str, _Word]] = {
    "StartupAction": ("startup_action", str),
    "DpdTimeoutAction": ("dpd_action", str),
    "DpdTimeoutSeconds": ("dpd_timeout", "{}s".format),
    "IkeVersions": ("ike_version", lambda version: int(version.removeprefix("ikev"))),
    "Phase1LifetimeSeconds": ("phase1_lifetime", "{}s".format),
    "Phase2LifetimeSeconds": ("phase2_lifetime", "{}s".format),
    "Phase2EncryptionAlgorithms": ("phase2_encryption", str),
    "Phase2IntegrityAlgorithms": ("phase2_integrity", str),
}
"""For each option of AWS: the key of a topology, and how its value is written there."""


def options_of(vpn: VpnConnection) -> dict[str, Value]:
    """The tunnel options as a topology writes them: those that both tunnels have."""
    found = dict(_said(vpn))
    if found.get("phase2_encryption") not in {"AES128", "AES256"}:
        found.pop("phase2_integrity", None)  # GCM proves integrity itself, and without a known cipher a hash says nothing
    return found


def taken(vpn: VpnConnection) -> Iterator[tuple[str, str]]:
    """The options of which AWS allows several values, as AWS writes them, each with the value that the lab takes."""
    options = options_of(vpn)
    cipher = options.get("phase2_encryption", USUAL_TUNNEL.suite.cipher.value)
    usual = {"IkeVersions": "ikev2", "Phase2EncryptionAlgorithms": cipher, "Phase2IntegrityAlgorithms": USUAL_TUNNEL.suite.integrity.value}
    for option in sorted({option for tunnel in vpn.tunnels for option in tunnel.several}):
        key = option.partition(" ")[0]
        if key != "Phase2IntegrityAlgorithms" or cipher in {"AES128", "AES256"}:
            value = options.get(_KEYS[key][0], usual[key])
            yield option, f"ikev{value}" if isinstance(value, int) else str(value)


def differing(vpn: VpnConnection) -> tuple[str, ...]:
    """The options that only one of the two tunnels has, as AWS writes them. A topology has the same options for both."""
    return tuple(sorted({option for tunnel in vpn.tunnels for option in tunnel.options} - _common(vpn)))


def _common(vpn: VpnConnection) -> frozenset[str]:
    every = [frozenset(tunnel.options) for tunnel in vpn.tunnels]
    return frozenset.intersection(*every) if every else frozenset()


def _said(vpn: VpnConnection) -> Iterator[tuple[str, Value]]:
    common = _common(vpn)
    for option, (key, word) in _KEYS.items():
        value = next((said.partition(" ")[2] for said in common if said.partition(" ")[0] == option), None)
        if value is not None:
            yield key, word(value)
