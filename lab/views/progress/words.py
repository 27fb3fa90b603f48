"""The text of the live line: one line for each lab, not wider than the screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from lab.model.progress import CheckBegins, FaultGoesIn, PhaseBegins, Preparing
from lab.views.plain_text import one_line
from lab.views.progress.standing import LabStanding, Since, Standing

_BETWEEN = " · "
_NAME_CELLS = 20
_LONG_SECONDS = 3.0
"""If something takes longer than this, its duration so far is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a line: its full text, a shorter text, and its style. In a line, the most important parts come first.

    `elastic`: the text may also be cut anywhere between the short and the full length.
    """

    full: str
    short: str
    style: str = ""
    elastic: bool = False


def lines(standing: Standing, now: float) -> Iterator[tuple[Part, ...]]:
    """A line for each lab that is at work. With several labs there is one more line about the whole run. No line if no lab is at work."""
    if standing.clearing_up:
        words = "interrupted: undoing faults, removing the labs of this run"
        yield (Part(full=words, short="interrupted: cleaning up"), _ran(now - standing.clearing_up.at))
        return
    at_work = list(standing.at_work())
    if not standing.labs:
        yield from ((doing,) for doing in _doing(standing.host, now))
        return
    left = _left(standing.left(now))
    for name, lab in at_work:
        parts = tuple(_of_lab(name if len(standing.labs) > 1 else "", lab, now))
        yield parts if len(standing.labs) > 1 else (*parts, left)
    if len(standing.labs) > 1:
        yield _sum(standing), left


def fitted(parts: Sequence[Part], cells: int) -> Text:
    """A line that fits into this many cells. If it is too long, parts are shortened and then left out, the last part first.

    The first part is never left out.
    """
    shown = [one_line(part.full) for part in parts]
    for number in reversed(range(len(parts))):
        if cell_len(_BETWEEN.join(shown)) > cells:
            shown[number] = one_line(parts[number].short)
    while len(shown) > 1 and cell_len(_BETWEEN.join(shown)) > cells:
        shown.pop()
    room = cells - cell_len(_BETWEEN.join(shown)) + cell_len(shown[0])
    shown[0] = _cropped(one_line(parts[0].full) if parts[0].elastic else shown[0], room)
    pieces = [Text(words, part.style) for words, part in zip(shown, parts, strict=False)]
    return Text(_BETWEEN, "dim").join(pieces)


def begins(check: CheckBegins, lab: str = "") -> str:
    """The line in a log that says that a check begins."""
    return f"{_head(check, lab)}: about {check.seconds:.0f} s"


def step(preparing: Preparing) -> str:
    """How many parts of a preparation are finished, or which part is in progress."""
    if not preparing.of:
        return preparing.what
    if preparing.words:
        return f"{preparing.what} {preparing.done + 1} of {preparing.of}: {preparing.words}"
    return f"{preparing.what} {preparing.done} of {preparing.of}"


def _of_lab(name: str, lab: LabStanding, now: float) -> Iterator[Part]:
    if lab.check:
        head = _head(lab.check.what, name)
        short = _head(lab.check.what, _cropped(name, _NAME_CELLS), _cropped(lab.check.what.check, _NAME_CELLS))
        yield Part(full=head, short=short, style="bold", elastic=True)
    elif name:
        yield Part(full=name, short=_cropped(name, _NAME_CELLS), style="bold", elastic=True)
    yield from _doing(lab, now)
    yield from _outages(lab, now)


def _head(check: CheckBegins, lab: str, name: str = "") -> str:
    run = f", run {check.trial} of {check.trials}" if check.trials > 1 else ""
    return f"{lab} {check.number}/{check.of} {name or check.check}{run}".strip()


def _doing(lab: LabStanding, now: float) -> Iterator[Part]:
    """What a lab is doing: its preparation, or else the fault in force, or else the phase of the check."""
    if lab.preparing:
        yield _preparing(lab.preparing, now)
    elif lab.faults:
        first, *others = lab.faults.values()
        yield _fault(first, len(others), now)
    elif lab.phase:
        yield _phase(lab.phase, now)


def _preparing(preparing: Since[Preparing], now: float) -> Part:
    ran = now - preparing.at
    seconds = f" · {ran:.0f} s" if ran >= _LONG_SECONDS else ""
    what = preparing.what
    counted = f"{what.what} {what.done + bool(what.words)} of {what.of}" if what.of else what.what
    return Part(full=f"{step(what)}{seconds}", short=f"{counted}{seconds}")


def _fault(fault: Since[FaultGoesIn], others: int, now: float) -> Part:
    what = fault.what
    seconds = f" {_so_far(now - fault.at, what.seconds)} s{f' +{others}' if others else ''}"
    return Part(full=f"{what.kind} {what.target}{seconds}", short=f"{what.target}{seconds}", style="yellow")


def _phase(phase: Since[PhaseBegins], now: float) -> Part:
    what, ran = phase.what, now - phase.at
    words = what.phase.value
    if what.seconds is not None and ran <= what.seconds:
        words += f" {_so_far(ran, what.seconds)} s"
    elif what.at_most is not None and ran >= _LONG_SECONDS:
        words += f" {ran:.0f} s, at most {what.at_most:.0f} s"
    return Part(full=words, short=words.partition(",")[0])


def _outages(lab: LabStanding, now: float) -> Iterator[Part]:
    """The longest outage that has not ended. If there is none: the longest outage that has ended."""
    lasting = [(each.what.seconds + now - each.at, each.what.flow) for each in lab.outages.values() if not each.what.over]
    over = [(each.what.seconds, each.what.flow) for each in lab.outages.values() if each.what.over and each.what.seconds]
    if not lasting and not over:
        return
    seconds, flow = max(lasting or over)
    words = f"{flow} {'out' if lasting else 'was out'} {seconds:.1f} s"
    others = len({name for _, name in lasting or over}) - 1
    yield Part(full=f"{words}{f' +{others}' if others else ''}", short=words, style="red" if lasting else "")


def _sum(standing: Standing) -> Part:
    done = sum(lab.check.what.number - 1 for lab in standing.labs.values() if lab.check and not lab.done)
    done += sum(len(lab.seconds) for lab in standing.labs.values() if lab.done)
    words = f"{done} of {sum(len(lab.seconds) for lab in standing.labs.values())} checks done"
    waiting = standing.waiting()
    wait = f", {waiting} lab{' waits' if waiting == 1 else 's wait'}" if waiting else ""
    return Part(full=f"{words}{wait}", short=words)


def _left(seconds: float) -> Part:
    if seconds < 8:
        return Part(full="almost done", short="almost done", style="dim")
    words = f"{round(seconds, -1):.0f} s" if seconds < 55 else f"{round(seconds / 60)} min"
    return Part(full=f"about {words} left", short=f"{words} left", style="dim")


def _ran(seconds: float) -> Part:
    return Part(full=f"{seconds:.0f} s", short="", style="dim")


def _so_far(ran: float, of: float) -> str:
    return f"{int(min(ran, of))} of {of:.3g}"


def _cropped(words: str, cells: int) -> str:
    return words if cell_len(words) <= cells else f"{set_cell_size(words, max(0, cells - 1)).rstrip()}…"
