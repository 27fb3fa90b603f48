"""The one suite that a customer gateway proposes, in parts. AWS allows all of them (1.3)."""

from dataclasses import dataclass

from lab.model.tunnel import CUSTOMER_DEAD_AFTER
from lab.model.tunnel_options import Cipher, TunnelOptions

GROUP = 20
"""The Diffie-Hellman group ecp384 (RFC 5903), of IKE and of perfect forward secrecy."""
DPD_SECONDS = 10
"""After so many seconds of silence a router asks whether AWS is there, and so long it waits for an answer. After DPD_TRIES unanswered
questions AWS is dead. IOS has its own number of tries."""
DPD_TRIES = round((CUSTOMER_DEAD_AFTER - DPD_SECONDS) / DPD_SECONDS)
REPLAY_WINDOW = 1024
"""AWS's, in packets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Esp:
    """How ESP packets are protected. `bits`: of AES. `sha`: bits of the hash, 0 if the cipher proves integrity itself."""

    bits: int
    sha: int


def esp(options: TunnelOptions) -> Esp:
    """The suite of ESP packets."""
    suite = options.suite
    bits = 128 if suite.cipher in {Cipher.AES128, Cipher.AES128_GCM} else 256
    return Esp(bits=bits, sha=0 if suite.cipher.has_own_integrity else int(suite.integrity.value.rpartition("-")[2].removeprefix("SHA")))
