"""Audit: findings about a design, and the resiliency level that the design reaches. All of this is known without a lab."""

from dataclasses import dataclass
from enum import Enum

from lab.model.advice import Advised
from lab.model.availability import FlowAvailability
from lab.model.plan import Timers
from lab.model.where import Where


class Severity(Enum):
    """How bad a finding is, the worst first.

    - `error`: one failure cuts a flow off
    - `warning`: an outage is likely, or a path, a preference or a backup is not what the design suggests
    - `note`: true of many good designs, but wrong for some
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a code such as FL101 means: its title, what users notice, what reveals the mistake, and what to do.

    `section_8`: numbers in the list of misconfigurations that the audit covers (`lab.predict.audit.section_8`). The list is section 8 of
    the project's document aws-behaviour. Empty if the code is about none of them.
    """

    code: str
    severity: Severity
    title: str
    symptom: str
    revealed_by: str
    remedy: str
    section_8: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding: what is wrong with `subject` (a name in the topology), what users notice, what reveals the mistake, and what to do.

    `where`: the place of the subject in the file. `message`: one sentence without a full stop.
    """

    code: str
    severity: Severity
    where: Where
    subject: str
    message: str
    symptom: str
    revealed_by: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A comment that accepts findings: `# failover-lab: accept FL101 because …`.

    `covers`: the lines whose findings the comment accepts. None: it accepts findings in the whole file, because it is above everything
    else.
    """

    codes: tuple[str, ...]
    reason: str
    line: int
    covers: frozenset[int] | None

    def accepts(self, code: str, line: int) -> bool:
        """Whether the comment accepts a finding with this code on this line."""
        return code in self.codes and (self.covers is None or line in self.covers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A finding with its line in the file. `accepted` is the reason of the comment that accepts it, if there is one."""

    finding: Finding
    line: int
    accepted: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resiliency:
    """AWS's resiliency level for Direct Connect that a design reaches, and its SLA (aws-behaviour 3.5).

    - `level`: maximum, high, development and test, or none
    - `limited_by`: the flow with the lowest level. Empty if all flows have the same level
    - `missing`: what would reach the next level
    """

    level: str
    sla: str | None
    limited_by: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Two connections, and what both use: each thing has a kind and a name (`location`, `loc-a`)."""

    connections: tuple[str, str]
    shared: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How many bits per second a flow can carry, in the direction that can carry less. None: no bandwidth is known. 0: the flow is cut off.

    `after`: the same after the failure of one connection or interconnect, by its name.
    """

    flow: str
    as_drawn: int
    after: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """Everything that was found in one topology. `file`: its path.

    - `availability`: how often each flow is up. None if the topology has too many components for a quick computation.
    - `advised`: what each possible addition would save. None if the user did not ask for it (`--advise`).
    """

    topology: str
    file: str
    timers: Timers
    budget_seconds: float
    findings: tuple[Placed, ...]
    resiliency: Resiliency
    pairs: tuple[Shared, ...] = ()
    capacities: tuple[Capacity, ...] = ()
    availability: tuple[FlowAvailability, ...] | None = None
    advised: Advised | None = None

    def fails(self, worst: Severity) -> bool:
        """Whether there is a finding of severity `worst` or a worse one, that no comment accepts."""
        by_weight = list(Severity)
        failing = by_weight[: by_weight.index(worst) + 1]
        return any(each.accepted is None and each.finding.severity in failing for each in self.findings)
