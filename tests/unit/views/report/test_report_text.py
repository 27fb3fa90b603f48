"""Verdicts and the summary on a console that is not a terminal, 100 columns wide."""

import dataclasses
from io import StringIO

import pytest
from rich.console import Console

from lab.model.evidence import Convergence, TimelineEvent
from lab.model.outcome import Report, Verdict
from lab.model.run import LabFacts
from lab.views.console import console_on
from lab.views.report.flow_lines import short_path
from lab.views.report.text import print_summary, print_verdict

NOTICED = Convergence(
    event_at=5.0,
    noticed=TimelineEvent(at=5.36, node="dc1-gw1", source="ike", what="vpn1-1: IKE SA deleted"),
    detection_seconds=0.36,
    control_plane_seconds=0.056,
    fib_seconds=None,
    data_plane_seconds=0.0004,
    frr_control_plane_seconds=0.05,
)


def printed(console: Console) -> list[str]:
    """The printed lines, without spaces at the ends."""
    assert isinstance(console.file, StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def test_the_first_line_is_status_name_and_seconds_and_the_summary_is_below(console: Console, failed: Verdict) -> None:
    print_verdict(console, failed)
    assert [" ".join(line.split()) for line in printed(console)[:2]] == ["FAIL one-tunnel 31.0 s", "The egress tunnel's IKE SA is deleted."]


def test_in_a_run_of_several_topologies_a_check_is_told_with_its_own(console: Console, failed: Verdict) -> None:
    print_verdict(console, failed, several=True)
    assert printed(console)[0].split()[:2] == ["FAIL", "active-active-vpn/one-tunnel"]


def test_a_check_that_was_repeated_says_how_often(console: Console, failed: Verdict) -> None:
    print_verdict(console, dataclasses.replace(failed, repeats=3))
    assert printed(console)[0].endswith("3 × in 31.0 s")


def test_a_long_summary_goes_on_below_itself(console: Console, passed: Verdict) -> None:
    print_verdict(console, passed)
    first, *more = printed(console)
    assert first.endswith("42.3 s")
    assert " ".join(line.strip() for line in more).startswith(passed.summary)
    assert {len(line) - len(line.lstrip()) for line in more} == {7}


@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("width", [80, 100, 120])
def test_nothing_is_wider_than_the_console_and_no_word_is_cut(width: int, verbose: bool, passed: Verdict, failed: Verdict) -> None:
    console = Console(file=StringIO(), width=width)
    words: set[str] = set()
    for verdict in (passed, failed):
        print_verdict(console, verdict, several=True, verbose=verbose)
        words |= {verdict.topology + "/" + verdict.check, *verdict.summary.split(), *verdict.reason.replace("\x1b", "").split()}
    assert max(map(len, printed(console))) <= width
    assert words <= set("\n".join(printed(console)).replace("\x1b", "").split())


def test_a_flow_shows_its_path_before_once(console: Console, passed: Verdict) -> None:
    print_verdict(console, passed, verbose=True)
    before = "dc1-app  dc1-host > dc1-core > dc1-gw1 > isp-a > internet > vpn1-1 > vgw > app-host"
    assert [line.strip() for line in printed(console)].count(before) == 1


def test_an_outage_shows_who_noticed_and_what_it_was_spent_on(console: Console, passed: Verdict) -> None:
    first = dataclasses.replace(passed.flows[0], convergence=NOTICED)
    print_verdict(console, dataclasses.replace(passed, flows=(first, *passed.flows[1:])), verbose=True)
    lines = [line.strip() for line in printed(console)]
    noticed = lines.index("noticed by dc1-gw1 (ike: vpn1-1: IKE SA deleted) after 360 ms")
    assert lines[noticed - 1].startswith("→")
    assert lines[noticed + 1] == "then control plane 56 ms (of which FRR's fixed 50 ms), data plane 0 ms"


def test_a_way_back_that_is_not_the_way_there_is_shown_too(console: Console, passed: Verdict) -> None:
    flows = tuple(dataclasses.replace(flow, path_before=flow.path_before[:3]) for flow in passed.flows)
    print_verdict(console, dataclasses.replace(passed, flows=flows), verbose=True)
    text = "\n".join(printed(console))
    assert "→ dc1-host > dc1-core > dc1-gw1" in text
    assert "← app-host > vgw > vpn1-1" in text


def test_each_direction_shows_what_it_lost_and_where_it_went(console: Console, passed: Verdict) -> None:
    print_verdict(console, passed, verbose=True)
    forward, reverse = (next(line for line in printed(console) if line.lstrip().startswith(arrow)) for arrow in "→←")
    assert forward.endswith("  … dc2-core > dc2-gw1 > isp-b … vpn3-1 …")
    assert forward.split()[:8] == ["→", "832", "ms", "832", "ms", "0", "ms", "returned"]
    assert reverse.split() == ["←", "0", "ms", "0", "ms", "0", "ms", "returned", "same", "path"]


def test_every_broken_promise_is_a_line_and_not_markup(console: Console, failed: Verdict) -> None:
    print_verdict(console, failed)
    reasons = [line for line in printed(console) if line.strip().startswith("!")]
    assert len(reasons) == 2
    assert "[bold]not back[/]" in reasons[1]


def test_a_flow_that_never_came_back_is_cut_off(console: Console, failed: Verdict) -> None:
    print_verdict(console, failed, verbose=True)
    assert any(line.endswith("cut off     none got through") for line in printed(console))


def test_an_error_without_flows_is_its_reason_alone(console: Console, unknown: Verdict) -> None:
    print_verdict(console, unknown)
    assert [line.split()[0] for line in printed(console)] == ["ERROR", "The", "!"]


def test_a_terminal_sees_colours(failed: Verdict) -> None:
    console = Console(file=StringIO(), width=100, force_terminal=True, color_system="standard", _environ={})
    print_verdict(console, failed)
    assert "\x1b[1;31mFAIL" in "\n".join(printed(console))


def test_the_last_line_counts_verdicts_and_seconds(console: Console, report: Report) -> None:
    print_summary(console, dataclasses.replace(report, labs=report.labs[:1]), ["out/report.json"])
    assert printed(console)[-3:] == [
        "journal  runs/example/journal.jsonl",
        "report   out/report.json",
        "1 pass, 1 fail, 1 error in 143 s; lab up 5.2 s, down 0.9 s",
    ]


def test_promises_that_nothing_put_to_the_test_are_counted(console: Console, report: Report) -> None:
    passed = dataclasses.replace(report.verdicts[0], untested=("dc1-app →", "dc2-app"))
    print_summary(console, dataclasses.replace(report, verdicts=(passed,), labs=()))
    assert printed(console)[-1] == "1 pass, 0 fail, 0 error; 2 promises not tested in 143 s"


def test_the_last_line_of_a_run_that_broke_off_claims_no_duration(console: Console, report: Report) -> None:
    print_summary(console, dataclasses.replace(report, labs=(), wall_seconds=0.0, verdicts=report.verdicts[:1]))
    assert printed(console)[-1] == "1 pass, 0 fail, 0 error; the run was interrupted"


def test_what_did_not_pass_comes_once_more_in_full_at_the_end(console: Console, report: Report) -> None:
    print_summary(console, report)
    lines = printed(console)
    assert lines[1] == "checks that did not pass, again in full"
    assert [line.split()[:2] for line in lines if line.startswith(("PASS", "FAIL", "ERROR"))] == [
        ["FAIL", "active-active-vpn/one-tunnel"],
        ["ERROR", "other/dx-cut"],
    ]
    assert any("out during" in line for line in lines)


def test_without_colours_there_is_no_bold_and_no_dim_either(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    stream = StringIO()
    print_summary(console_on(stream), report)
    assert "\x1b" not in stream.getvalue().replace("<cut>\x1b", "")


@pytest.mark.parametrize(
    ("up", "down", "end"),
    [
        (None, None, "lab found running, left running"),
        (5.2, None, "lab up 5.2 s, left running"),
        (None, 0.9, "lab found running, down 0.9 s"),
    ],
)
def test_a_lab_that_was_found_or_left_is_said_so(console: Console, report: Report, up: float | None, down: float | None, end: str) -> None:
    lab: LabFacts = dataclasses.replace(report.labs[0], up_seconds=up, down_seconds=down)
    print_summary(console, dataclasses.replace(report, labs=(lab,)))
    assert printed(console)[-1].endswith(f"; {end}")


@pytest.mark.parametrize(
    ("path", "short"),
    [
        (("a", "b", "c"), "same path"),
        ((), "none got through"),
        (("a", "x", "c"), "… x …"),
        (("a", "x", "y"), "… x > y"),
        (("a", "c"), "a > c"),
    ],
)
def test_a_short_path_is_what_is_new_in_it(path: tuple[str, ...], short: str) -> None:
    assert short_path(path, ("a", "b", "c")) == short


def test_what_does_not_fit_goes_on_below_its_own_first_word(passed: Verdict) -> None:
    console = Console(file=StringIO(), width=60)
    first = dataclasses.replace(passed.flows[0], convergence=NOTICED)
    print_verdict(console, dataclasses.replace(passed, flows=(first, *passed.flows[1:])), verbose=True)
    lines = printed(console)
    begins = next(number for number, line in enumerate(lines) if "then control plane" in line)
    assert lines[begins + 1].index(lines[begins + 1].strip()) == lines[begins].index("then")
