"""Remember what a run must undo. After Ctrl-C, the run can then say what was undone, and what is left."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lab.model.progress import CheckBegins, FaultComesOut, FaultGoesIn, LabLeft, LabRaised, Moment
from lab.program import COMMAND


@dataclass(slots=True)
class _Lab:
    """A lab that the run uses: its present check, the faults in force, and the faults that were undone early."""

    deployed: bool
    check: CheckBegins | None = None
    in_force: dict[int, str] = field(default_factory=dict)
    undone: list[str] = field(default_factory=list)
    removed: bool | None = None
    """Whether the lab was removed after its use. None while the run still uses it."""


class Traces:
    """Collects messages of a run about its labs: which were deployed, and which faults are in force."""

    def __init__(self) -> None:
        self._labs: dict[str, _Lab] = {}

    def take(self, name: str, moment: Moment) -> None:
        """Remember what a message means for the later undoing."""
        if isinstance(moment, LabRaised):
            self._labs[name] = _Lab(deployed=moment.deployed)
        if lab := self._labs.get(name):
            _take(lab, moment)

    def conclude(self, name: str) -> None:
        """Note that the present check of a lab has its verdict."""
        if lab := self._labs.get(name):
            lab.check = None

    def forget_what_is_done(self) -> None:
        """Forget the labs that were already removed when the run was interrupted."""
        self._labs = {name: lab for name, lab in self._labs.items() if lab.removed is None}

    def was_deployed(self, name: str) -> bool:
        """Whether the run deployed this lab."""
        return name in self._labs and self._labs[name].deployed

    def lines(self) -> Iterator[str]:
        """Lines for the user: the interrupted check, what was undone and removed, which labs still run, and what could not be removed."""
        for name, lab in self._labs.items():
            if lab.check:
                yield f"stopped  {name}: {lab.check.check}, check {lab.check.number} of {lab.check.of}"
            if lab.undone:
                yield f"undone   {name}: {', '.join(lab.undone)}"
            if lab.in_force and not lab.removed:
                yield f"in force {name}: {', '.join(lab.in_force.values())} ({COMMAND} lab-heal -t {name} undoes it)"
        yield from (_end(name, lab) for name, lab in self._labs.items())


def _take(lab: _Lab, moment: Moment) -> None:
    match moment:
        case LabLeft():
            lab.removed = moment.removed
        case CheckBegins():
            lab.check = moment
        case FaultGoesIn():
            lab.in_force[moment.number] = f"{moment.kind} {moment.target}"
        case FaultComesOut():
            fault = lab.in_force.pop(moment.number, None)
            if fault and moment.early:
                lab.undone.append(fault)
        case _:
            pass


def _end(name: str, lab: _Lab) -> str:
    if lab.removed:
        return f"removed  {name}"
    if not lab.deployed:
        return f"running  {name}, as before ({COMMAND} lab-down -t {name} removes it)"
    return f"left     {name}, which could not be removed ({COMMAND} lab-down -t {name})"
