"""A flow of a plan: two hosts that send probes to each other."""

from dataclasses import dataclass

from lab.model.ip import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowEnd:
    """A host that sends and receives probes. `gateway_mac` is the MAC address of its first hop."""

    node: str
    interface: str
    address: Address
    mac: str
    gateway_mac: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Traffic between two hosts that is measured in both directions. The forward direction is from source to target."""

    name: str
    source: FlowEnd
    target: FlowEnd
