"""The IKEv2 proposals and timers of AWS and of a customer gateway (V26 tunnel options)."""

from dataclasses import dataclass

from lab.model.tunnel import CUSTOMER_DEAD_AFTER, TunnelEnd
from lab.model.tunnel_options import Cipher, DpdAction, Initiator, Integrity, TunnelOptions

REKEY_MARGIN = 270
"""AWS's margin in seconds. An SA is rekeyed a random time before its lifetime ends: between one and two margins (AWS's fuzz is 100 %)."""

_AES = ("aes128", "aes256")
_GCM = ("aes128gcm16", "aes256gcm16")
_SHA = ("sha1", "sha256", "sha384", "sha512")
_DH_IKE = "modp1024-modp2048-modp3072-modp4096-modp6144-modp8192-ecp256-ecp384-ecp521-modp1024s160-modp2048s224-modp2048s256"
_DH_ESP = _DH_IKE.replace("modp1024-", "modp1024-modp1536-", 1)


_IKE = {1: "aes256-sha384-ecp384", 2: "aes256gcm16-prfsha384-ecp384"}
"""The one IKE suite that a customer gateway proposes. IKEv1 has no GCM for IKE itself (RFC 5282 is about IKEv2)."""
_ESP = {
    Cipher.AES128: "aes128",
    Cipher.AES256: "aes256",
    Cipher.AES128_GCM: "aes128gcm16",
    Cipher.AES256_GCM: "aes256gcm16",
    Integrity.SHA1: "sha1",
    Integrity.SHA256: "sha256",
    Integrity.SHA384: "sha384",
    Integrity.SHA512: "sha512",
}
"""strongSwan's names."""

PROBE_SECONDS = 10
"""After so many seconds without a packet, a peer is asked whether it is alive (RP tunnel-instability, 1.3)."""
_PROBES = 3
_FIRST_PORT = 4500
"""The UDP port of IKE and ESP behind NAT (RFC 3948). A customer gateway has one for each tunnel that AWS may start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The behavior of one side of a tunnel. Its proposals are in its order of preference.

    - `is_persistent`: it tries to start the tunnel until it succeeds
    - `probes`: whether it asks a silent peer if it is alive. `between_probes`: seconds
    - `dpd_action`, `close_action`: strongSwan's words for what it does when the peer is dead, or ends the tunnel
    """

    is_customer: bool
    ike_proposals: str
    esp_proposals: str
    is_persistent: bool
    dpd_action: str
    close_action: str
    probes: bool = True
    between_probes: float = (CUSTOMER_DEAD_AFTER - PROBE_SECONDS) / _PROBES


_AWS_IKE = ",".join(
    [f"{aes}-{sha}-{_DH_IKE}" for aes in _AES for sha in _SHA] + [f"{gcm}-prf{sha}-{_DH_IKE}" for gcm in _GCM for sha in _SHA]
)
_AWS_ESP = ",".join([f"{aes}-{sha}-{_DH_ESP}" for aes in _AES for sha in _SHA] + [f"{gcm}-{_DH_ESP}" for gcm in _GCM])
"""Everything that AWS allows. It takes the weakest proposal that matches (V23 VPNTunnels).

Each pair of cipher and hash is a proposal of its own: inside one proposal charon would follow its own order of preference.
"""


def aws_side(options: TunnelOptions) -> Side:
    """AWS's side."""
    restarts = options.dpd_action is DpdAction.RESTART
    return Side(
        is_customer=False,
        ike_proposals=_AWS_IKE,
        esp_proposals=_AWS_ESP,
        is_persistent=options.aws_may_start,
        dpd_action="restart" if restarts else "clear",
        close_action="none",
        probes=options.dpd_action is not DpdAction.NONE,
        between_probes=(options.dpd_timeout - PROBE_SECONDS) / _PROBES,
    )


def customer_side(options: TunnelOptions) -> Side:
    """The customer gateway's side. It proposes only one suite, so AWS cannot take a weaker one."""
    suite, starts = options.suite, options.initiator is Initiator.CUSTOMER
    esp = [_ESP[suite.cipher], *([] if suite.cipher.has_own_integrity else [_ESP[suite.integrity]]), "ecp384"]
    return Side(
        is_customer=True,
        ike_proposals=_IKE[options.ike_version],
        esp_proposals="-".join(esp),
        is_persistent=starts,
        dpd_action="restart" if starts else "clear",
        close_action="start" if starts else "none",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelConfig:
    """One end of one tunnel. `slot` is the number of the tunnel on its node, from 0.

    `customer_port`: the UDP port at which the customer's end listens for AWS. 0: any free port, because AWS never starts the tunnel.
    """

    name: str
    mtu: int
    side: Side
    local: TunnelEnd
    remote: TunnelEnd
    slot: int
    options: TunnelOptions
    customer_port: int


def customer_port(options: TunnelOptions, slot: int) -> int:
    """The UDP port at which a customer gateway's tunnel number `slot` listens. 0: any free port."""
    return _FIRST_PORT + slot if options.aws_may_start else 0
