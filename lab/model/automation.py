"""Automations: what a customer lets happen when an alarm of Prometheus rings. An action is a fault's sibling: it changes routers."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from lab.model.bgp import BgpSession
from lab.model.change import RouterChange
from lab.model.ip import Address, Prefix
from lab.model.script import ScriptRun

HOLD_DOWN_SECONDS = 60.0
"""The default of `Automation.hold_down`."""


class ActionKind(Enum):
    """What an automation can do, by its key in a topology.

    - `bgp-shutdown`: the customer's router closes the BGP sessions of its target and keeps them closed.
    - `bgp-open`: both ends begin the BGP sessions of its target anew. That opens a session that too many prefixes closed.
    - `prepend`: the site adds its own ASN to the AS path of its announcements on its target.
    - `local-preference`: the site adds another community 7224:7x00 to its announcements on a virtual interface.
    - `withdraw`: the site announces nothing on its target any more, or not one of its prefixes.
    - `announce`: the site announces one more prefix on its target, or both halves of each of its prefixes.
    - `static-route`: AWS's endpoints of a VPN connection, or the customer gateway, get a static route into its tunnels.
    - `run`: a script of the user runs in a node of a site.
    """

    SHUT = "bgp-shutdown"
    OPEN = "bgp-open"
    PREPEND = "prepend"
    PREFER = "local-preference"
    WITHDRAW = "withdraw"
    ANNOUNCE = "announce"
    ROUTE = "static-route"
    RUN = "run"


Side = Literal["aws", "site"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an automation does, as the topology says it.

    `times`: how often the ASN is added. `community`: 7224:7x00. `prefix`: None for all. `side`: whose static route it is. `run`: only for a
    script, whose target is its node.
    """

    kind: ActionKind
    target: str
    times: int = 0
    community: str = ""
    prefix: Prefix | None = None
    side: Side = "aws"
    run: ScriptRun | None = None

    @property
    def words(self) -> str:
        """What happens, as a verb in the third person: `shuts BGP of vif1`."""
        what = self.prefix or "all prefixes"
        return {
            ActionKind.SHUT: f"shuts BGP of {self.target}",
            ActionKind.OPEN: f"opens BGP of {self.target}",
            ActionKind.PREPEND: f"prepends {self.times} × on {self.target}",
            ActionKind.PREFER: f"announces {self.community} on {self.target}",
            ActionKind.WITHDRAW: f"withdraws {what} on {self.target}",
            ActionKind.ANNOUNCE: f"announces {self.prefix or 'both halves of each prefix'} on {self.target}",
            ActionKind.ROUTE: f"adds {'AWS' if self.side == 'aws' else 'the site'}'s static route {what} into {self.target}",
            ActionKind.RUN: f"runs {self.run.script.name if self.run else 'a script'} in {self.target}",
        }[self.kind]

    @property
    def undo_words(self) -> str:
        """What undoes it: `no longer shuts BGP of vif1`, or `runs restore.sh in dc1-r1`."""
        return f"runs {self.run.undo.name} in {self.target}" if self.run and self.run.undo else f"no longer {self.words}"

    @property
    def has_no_undo(self) -> bool:
        """Whether it is a script that no other script undoes."""
        return self.run is not None and self.run.undo is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """When an action is undone: `after` this many seconds, and if `when_healthy`, only when its target carries packets without loss."""

    after: float
    when_healthy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Automation:
    """One automation of a topology.

    - `rule`: the alarm that triggers it. `labels`: only if the alarm has these labels.
    - `back`: when the action is undone. None: only at the end of the check.
    - `hold_down`: after the action was undone or refused, nothing happens for this many seconds.
    - `spares_last_path`: no action that takes the last path of a flow (`never: last path`).
    """

    name: str
    rule: str
    order: Order
    labels: tuple[tuple[str, str], ...] = ()
    back: Back | None = None
    hold_down: float = HOLD_DOWN_SECONDS
    spares_last_path: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraRoute:
    """A static route into a tunnel that is not in the plan: its node, its prefix and the tunnel's device."""

    node: str
    prefix: Prefix
    interface: str
    metric: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EchoWay:
    """Where a customer's router pings the other end of a virtual interface or tunnel: from its own address to AWS's."""

    node: str
    source: Address
    target: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAutomation:
    """An automation with everything that its action changes in a lab.

    - `changes`, `routes`: what the action adds to routers, and what undoing it takes away. `resets`: sessions that begin anew.
    - `closes`: the sessions that carry no traffic any more while the action is in force, as the customer's routers see them.
    - `echoes`: the pings that show whether the target works again. (): its action does not move traffic away from it.
    """

    automation: Automation
    changes: tuple[RouterChange, ...] = ()
    routes: tuple[ExtraRoute, ...] = ()
    resets: tuple[BgpSession, ...] = ()
    closes: tuple[BgpSession, ...] = ()
    echoes: tuple[EchoWay, ...] = ()

    @property
    def name(self) -> str:
        """The name of the automation."""
        return self.automation.name

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes whose settings change."""
        run = self.automation.order.run
        changed = (*(each.node for each in self.changes), *(each.node for each in self.routes), *(each.node for each in self.resets))
        return tuple(dict.fromkeys((*changed, *((run.node,) if run else ()))))
