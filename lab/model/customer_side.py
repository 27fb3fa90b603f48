"""How the customer's router treats the BGP sessions of one virtual interface or VPN connection. All of it is the customer's own choice."""

from dataclasses import dataclass

from lab.model.ip import Prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionTimers:
    """The keepalive and the hold time that the customer's router proposes, in seconds. AWS takes whole seconds."""

    keepalive: float
    hold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerBfd:
    """How the customer's router runs BFD (RFC 5880). None: as AWS does, 300 ms × 3.

    - `interval`: seconds between its packets, and the shortest seconds that it accepts between AWS's. The slower end counts.
    - `multiplier`: AWS notices a loss when so many of its packets are missing.
    - `checks_control_plane`: while graceful restart is on, it ignores that BFD is down (RFC 5882 4.3), because AWS's packets have no C bit.
      FRR and Cisco call it `check-control-plane-failure`.
    """

    interval: float | None = None
    multiplier: int | None = None
    checks_control_plane: bool = False

    @property
    def is_written(self) -> bool:
        """Whether the file says any of this."""
        return self != CustomerBfd()


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSide:
    """What the customer chose for its end. None or (): the customer chose nothing.

    - `prefer`: the local preference of routes from AWS. By default 200 on a virtual interface, 100 on a VPN connection.
    - `announce`: what the router announces to AWS. (): what its site announces.
    - `accept`: the router accepts only routes to these prefixes, or to parts of them. () accepts all.
    - `timers`: instead of those of the timer profile
    - `graceful_restart`: seconds that AWS waits for this router's restart (RFC 4724). None: graceful restart is off at both ends.
    - `bfd`: counts only if the virtual interface has BFD
    """

    prefer: int | None = None
    accept: tuple[Prefix, ...] = ()
    announce: tuple[Prefix, ...] = ()
    timers: SessionTimers | None = None
    graceful_restart: float | None = None
    bfd: CustomerBfd = CustomerBfd()


USUAL = CustomerSide()
"""The customer chose nothing."""
