"""Impairments: what a cable may do to the packets of one direction while its carriers stay up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomLoss:
    """Each packet that arrives is lost with this probability, 0 to 1."""

    part: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeLimit:
    """IP packets that arrive and are longer than so many octets are lost, and nobody is told."""

    octets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bandwidth:
    """No more than so many bits a second leave; what waits longer than a short queue takes is lost."""

    bits_per_second: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Each packet leaves so many seconds later, more or less by up to `jitter_seconds`."""

    seconds: float
    jitter_seconds: float = 0.0


Impairment = RandomLoss | SizeLimit | Bandwidth | Latency
