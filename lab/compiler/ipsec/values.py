"""What AWS and a customer propose in IKEv2 for one tunnel (V26 tunnel options)."""

from dataclasses import dataclass

from lab.model.plan import TunnelEnd

PHASE_1_LIFETIME = 28800
PHASE_2_LIFETIME = 3600
REKEY_MARGIN = 270
"""AWS's defaults in seconds. An SA is rekeyed at lifetime − random(margin … 2 × margin): AWS's fuzz is 100 %."""

_AES = ("aes128", "aes256")
_GCM = ("aes128gcm16", "aes256gcm16")
_SHA = ("sha1", "sha256", "sha384", "sha512")
_DH_IKE = "modp1024-modp2048-modp3072-modp4096-modp6144-modp8192-ecp256-ecp384-ecp521-modp1024s160-modp2048s224-modp2048s256"
_DH_ESP = _DH_IKE.replace("modp1024-", "modp1024-modp1536-", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """How one side behaves. Its proposals are in its order of preference. A side that `initiates` starts and restarts the tunnel."""

    ike_proposals: str
    esp_proposals: str
    initiates: bool


AWS = Side(
    ike_proposals=",".join(
        [f"{aes}-{sha}-{_DH_IKE}" for aes in _AES for sha in _SHA] + [f"{gcm}-prf{sha}-{_DH_IKE}" for gcm in _GCM for sha in _SHA]
    ),
    esp_proposals=",".join([f"{aes}-{sha}-{_DH_ESP}" for aes in _AES for sha in _SHA] + [f"{gcm}-{_DH_ESP}" for gcm in _GCM]),
    initiates=False,
)
"""Everything AWS allows. AWS chooses the weakest that matches, whatever the customer prefers (V23 VPNTunnels). StartupAction `add`.

Each cipher and hash has its own proposal. Inside one proposal charon follows its own order, but between proposals it follows the peer's.
"""

CUSTOMER = Side(ike_proposals="aes256gcm16-prfsha384-ecp384", esp_proposals="aes256gcm16-ecp384", initiates=True)
"""A customer gateway. It allows one strong suite only, so AWS cannot choose a weaker one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelConfig:
    """One side of one tunnel. `slot` numbers the tunnels of a node from 0."""

    name: str
    mtu: int
    side: Side
    local: TunnelEnd
    remote: TunnelEnd
    slot: int
