"""The IKEv2 proposals and timers of AWS and of a customer gateway (V26 tunnel options)."""

from dataclasses import dataclass

from lab.model.tunnel import TunnelEnd

PHASE_1_LIFETIME = 28800
PHASE_2_LIFETIME = 3600
REKEY_MARGIN = 270
"""Timers of AWS in seconds. An SA is rekeyed a random time before its lifetime ends: between one and two margins (AWS's fuzz is 100 %)."""

_AES = ("aes128", "aes256")
_GCM = ("aes128gcm16", "aes256gcm16")
_SHA = ("sha1", "sha256", "sha384", "sha512")
_DH_IKE = "modp1024-modp2048-modp3072-modp4096-modp6144-modp8192-ecp256-ecp384-ecp521-modp1024s160-modp2048s224-modp2048s256"
_DH_ESP = _DH_IKE.replace("modp1024-", "modp1024-modp1536-", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The behavior of one side of a tunnel. Its proposals are in its order of preference.

    If it `initiates`: it starts the tunnel, and starts it again after an interruption.
    """

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
"""AWS's side: everything that it allows. It takes the weakest proposal that matches (V23 VPNTunnels), and does not initiate.

Each pair of cipher and hash is a proposal of its own: inside one proposal charon would follow its own order of preference.
"""

CUSTOMER = Side(ike_proposals="aes256gcm16-prfsha384-ecp384", esp_proposals="aes256gcm16-ecp384", initiates=True)
"""The customer gateway's side. It proposes only one strong suite, so AWS cannot take a weaker one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelConfig:
    """One end of one tunnel. `slot` is the number of the tunnel on its node, from 0."""

    name: str
    mtu: int
    side: Side
    local: TunnelEnd
    remote: TunnelEnd
    slot: int
