"""The options of the tunnels of a VPN connection: what AWS offers, and what a customer gateway makes of it (V26 tunnel options, 1.3)."""

from dataclasses import dataclass
from enum import Enum


class StartupAction(Enum):
    """What AWS does when a tunnel is made, changed, or gets a new endpoint: wait for the customer, or start the tunnel (`start`)."""

    ADD = "add"
    START = "start"


class DpdAction(Enum):
    """What AWS does when its peer is dead: end the tunnel, nothing, or start the tunnel again."""

    CLEAR = "clear"
    NONE = "none"
    RESTART = "restart"


class Initiator(Enum):
    """Who starts a tunnel again after an interruption: the customer gateway, AWS, or nobody (somebody once started it by hand)."""

    CUSTOMER = "customer"
    AWS = "aws"
    NOBODY = "nobody"


class Cipher(Enum):
    """How ESP packets are encrypted. The value is AWS's name."""

    AES128 = "AES128"
    AES256 = "AES256"
    AES128_GCM = "AES128-GCM-16"
    AES256_GCM = "AES256-GCM-16"

    @property
    def has_own_integrity(self) -> bool:
        """Whether the cipher also proves integrity, and so has no hash."""
        return self in {Cipher.AES128_GCM, Cipher.AES256_GCM}


class Integrity(Enum):
    """The hash that proves the integrity of ESP packets. The value is AWS's name."""

    SHA1 = "SHA1"
    SHA256 = "SHA2-256"
    SHA384 = "SHA2-384"
    SHA512 = "SHA2-512"


_MTU = {Integrity.SHA1: 1422, Integrity.SHA256: 1422, Integrity.SHA384: 1422, Integrity.SHA512: 1406}
_MTU_GCM = 1438
"""The longest IP packet in a tunnel with NAT traversal, in octets (V23 your-cgw, 1.4)."""
_CHECK = {Integrity.SHA1: 12, Integrity.SHA256: 16, Integrity.SHA384: 24, Integrity.SHA512: 32}
"""Octets of the integrity check value (RFC 2404, RFC 4868)."""
_ESP_IN_UDP = 20 + 8 + 8
"""Octets of the IPv4 header, the UDP header, and SPI with sequence number (RFC 3948, RFC 4303)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Cipher and hash of ESP packets. The hash counts only for a cipher without integrity of its own."""

    cipher: Cipher = Cipher.AES256_GCM
    integrity: Integrity = Integrity.SHA256

    @property
    def mtu(self) -> int:
        """The longest IP packet that fits into the tunnel, in octets."""
        return _MTU_GCM if self.cipher.has_own_integrity else _MTU[self.integrity]

    def outside(self, octets: int) -> int:
        """The length of the ESP packet, with its IP header, that carries an IP packet of this length. In octets (RFC 4303, 2.4)."""
        around, block = self._frame
        return around + -(-(octets + 2) // block) * block

    def fewest(self, octets: int) -> int:
        """The length of the shortest IP packet for which the ESP packet is longer than `octets`."""
        around, block = self._frame
        return (octets - around) // block * block - 1

    @property
    def _frame(self) -> tuple[int, int]:
        """The octets around the encrypted part of an ESP packet, and the size of the blocks that this part consists of."""
        return (_ESP_IN_UDP + 8 + 16, 4) if self.cipher.has_own_integrity else (_ESP_IN_UDP + 16 + _CHECK[self.integrity], 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelOptions:
    """The options of both tunnels of a VPN connection. The defaults are AWS's. Times are in seconds.

    - `dpd_timeout`: after so long without a packet from the customer, AWS declares it dead
    - `phase1_lifetime`, `phase2_lifetime`: of IKE SAs and of ESP SAs, at both ends
    - `suite`: the one suite that the customer gateway proposes for ESP
    - `initiator`: not AWS's option, but what the customer gateway does
    """

    startup_action: StartupAction = StartupAction.ADD
    dpd_action: DpdAction = DpdAction.CLEAR
    dpd_timeout: float = 40.0
    ike_version: int = 2
    phase1_lifetime: int = 28800
    phase2_lifetime: int = 3600
    suite: Suite = Suite()
    initiator: Initiator = Initiator.CUSTOMER

    @property
    def aws_may_start(self) -> bool:
        """Whether AWS may start a tunnel, so that the customer gateway must listen at a known port."""
        return self.startup_action is StartupAction.START or self.dpd_action is DpdAction.RESTART

    @property
    def comes_back(self) -> bool:
        """Whether somebody starts a tunnel again after AWS has replaced its endpoint."""
        return self.initiator is Initiator.CUSTOMER or self.startup_action is StartupAction.START


USUAL_TUNNEL = TunnelOptions()
"""AWS's defaults, and a customer gateway that always starts its tunnels again."""
