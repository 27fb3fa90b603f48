"""Boxes between customer gateways and the internet."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Nat:
    """A box that translates addresses (NAT). To the internet, the edges `behind` it all have its one address with each provider."""

    name: str
    behind: tuple[str, ...]
