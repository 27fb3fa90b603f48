"""Experiment templates of AWS Fault Injection Service (FIS)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action of an experiment.

    - `kind`: its actionId, such as `aws:directconnect:virtual-interface-disconnect`. `seconds`: its duration, None if it has none.
    - `resources`: the ids of its targets. `tags`: digests of the tags that its targets have (see `VirtualInterface.tags`).
    - `selection`: how FIS chooses among the targets: `ALL`, `COUNT(1)`, …
    - `filters`: the paths of the filters by which FIS chooses among the targets, such as `VirtualInterfaceState`.
    - `start_after`: the names of the actions that end before it begins.
    """

    name: str
    kind: str
    seconds: int | None = None
    resources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    selection: str = "ALL"
    filters: tuple[str, ...] = ()
    start_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """An experiment template. `name`: its description."""

    id: str
    name: str
    actions: tuple[Action, ...]
    has_stop_conditions: bool = False
