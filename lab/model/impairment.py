"""Impairments: ways in which a cable loses or delays the packets of one direction. The carriers stay up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomLoss:
    """Each arriving packet is lost with this probability, 0 to 1."""

    part: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeLimit:
    """Arriving IP packets longer than `octets` are lost. No ICMP message is sent."""

    octets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bandwidth:
    """At most this many bits leave in a second. Packets that find the short queue full are lost."""

    bits_per_second: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Each packet leaves `seconds` later. The delay varies by up to `jitter_seconds`, up and down."""

    seconds: float
    jitter_seconds: float = 0.0


Impairment = RandomLoss | SizeLimit | Bandwidth | Latency
