"""Progress on a terminal and in a log: the live line leaves nothing behind, and sending a message never waits for the screen."""

import io
import threading

from rich.console import Console

from lab.model.progress import CheckBegins, ClearingUp, LabAhead, OfLab, Preparing, RunBegins, Told
from lab.views.progress.live import Live
from lab.views.progress.plain import Plain
from tests.waiting import wait_for

BEGINS = OfLab(lab="a", moment=CheckBegins(check="one-appliance", number=3, of=18, seconds=24.0))


def _run(*labs: str) -> RunBegins:
    return RunBegins(labs=tuple(LabAhead(lab=lab, seconds=(20.0,) * 18) for lab in labs))


def _screen(written: str) -> list[str]:
    """The content of a terminal that understands the few codes of the live line."""
    rows, row, column = [""], 0, 0
    while written:
        if written.startswith("\x1b[J"):
            assert (row, column) != (0, 0), "the whole screen is cleared, which terminals keep in their history"
            rows[row:] = [rows[row][:column]]
            written = written[3:]
        elif written.startswith("\x1b[K"):
            rows[row] = rows[row][:column]
            written = written[3:]
        elif written.startswith("\x1b["):
            up, _, written = written[2:].partition("A")
            row -= int(up)
        elif written[0] == "\r":
            column, written = 0, written[1:]
        elif written[0] == "\n":
            row, column, written = row + 1, 0, written[1:]
            rows += [""] * (row + 1 - len(rows))
        else:
            rows[row] = rows[row][:column].ljust(column) + written[0] + rows[row][column + 1 :]
            column, written = column + 1, written[1:]
    return [row.rstrip() for row in rows]


def test_what_stays_stands_above_the_live_line_which_is_gone_in_the_end() -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, color_system=None, width=80, height=20)
    with Live(console, lambda line: print(f"· {line}", file=screen)) as live:
        live.say(_run("a", "b"))
        live.say(BEGINS)
        live.say("deploying a")
        assert _screen(screen.getvalue())[:3] == [
            "· deploying a",
            "a 3/18 one-appliance",
            "2 of 36 checks done, 1 lab waits · about 11 min left",
        ]
        with live.above():
            console.print("PASS   one-appliance")
        assert _screen(screen.getvalue())[:3] == ["· deploying a", "PASS   one-appliance", "a 3/18 one-appliance"]
    assert _screen(screen.getvalue()) == ["· deploying a", "PASS   one-appliance", ""]


def test_it_is_drawn_again_by_itself() -> None:
    screen = io.StringIO()
    with Live(Console(file=screen, force_terminal=True, color_system=None, width=80, height=20), print) as live:
        live.say(_run("a"))
        live.say(BEGINS)
        wait_for(lambda: "3/18 one-appliance" in screen.getvalue(), "the live line")


def test_who_tells_a_moment_does_not_wait_for_a_screen_that_stands_still() -> None:
    told = threading.Event()

    class _Still(io.StringIO):
        """A terminal that is stopped with Ctrl-S."""

        def write(self, text: str) -> int:
            assert told.wait(30.0), "the moment waited for the screen"
            return super().write(text)

    with Live(Console(file=_Still(), force_terminal=True, color_system=None, width=80, height=20), print) as live:
        live.say(_run("a"))
        drawing = threading.Thread(target=lambda: live.say("a line that stays"))
        live.say(BEGINS)
        drawing.start()
        live.say(OfLab(lab="a", moment=Preparing(what="nodes started", done=1, of=2)))
        told.set()
        drawing.join()


def test_a_log_has_a_line_when_a_check_begins_and_one_a_step_of_the_image() -> None:
    lines: list[str] = []
    plain = Plain(lines.append)
    told: tuple[Told, ...] = (
        "building the image",
        Preparing(what="node image: step", done=2, of=5, words="RUN apt-get update"),
        _run("a"),
        OfLab(lab="a", moment=Preparing(what="nodes started", done=1, of=2)),
        BEGINS,
        _run("a", "b"),
        BEGINS,
        ClearingUp(),
    )
    for each in told:
        plain.say(each)
    assert lines == [
        "building the image",
        "  node image: step 3 of 5: RUN apt-get update",
        "3/18 one-appliance: about 24 s",
        "a 3/18 one-appliance: about 24 s",
        "interrupted: undoing faults, removing the labs of this run",
    ]
