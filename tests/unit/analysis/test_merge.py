"""One report of several runs: what it keeps of each, how it tells them apart, and how it is compared with a baseline."""

from dataclasses import replace

import pytest

from lab.analysis.contrast import compared
from lab.analysis.figures import figures_of
from lab.analysis.merge import merged
from lab.model.baseline import LabProfile
from lab.model.outcome import Report, Status, Verdict
from lab.model.run import HostFacts, LabFacts, Limit, Run
from lab.model.sketch import Sketch

HOSTS = {name: HostFacts(kernel=kernel, cpus=cpus, capabilities=()) for name, kernel, cpus in (("one", "6.1", 2), ("two", "6.8", 8))}


def _verdict(topology: str, check: str, journal: str, status: Status = Status.PASS) -> Verdict:
    said = {"summary": "", "reason": "", "repeats": 1, "steps": (), "flows": (), "timeline": (), "wall_seconds": 1.0}
    return Verdict(topology=topology, check=check, status=status, journal=journal, **said)


def _report(name: str, *checks: tuple[str, str], only: str | None = None, begun: str = "", version: str = "1") -> Report:
    """A run on one of two hosts. Its journal has the host's name."""
    run = Run(version=version, host=HOSTS[name], begun=begun, wall_seconds=60.0, journal=name, only=only)
    profile = {"timers": "tuned", "ipsec": "userspace", "circuits": "", "nodes": 2, "links": 1, "up_seconds": 5.0, "down_seconds": 1.0}
    topologies = tuple(dict.fromkeys(topology for topology, _ in checks))
    return Report(
        version=version,
        host=run.host,
        images=(("frr", f"10.{len(name)}"), ("base", name)),
        labs=tuple(LabFacts(topology=topology, **profile) for topology in topologies),
        verdicts=tuple(_verdict(topology, check, name) for topology, check in checks),
        wall_seconds=run.wall_seconds,
        only=only,
        begun=begun,
        journal=name,
        sketches=tuple(
            Sketch(name=topology, summary=name, nodes=(), links=(), tunnels=(), flows=(), targets=()) for topology in topologies
        ),
        limits=tuple(Limit(topology=topology, words="not seen") for topology in topologies),
        runs=(run,),
    )


ONE = _report("one", ("net", "control"), ("net", "cut"), ("a", "control"), begun="2026-01-02T03:00:00Z")
TWO = _report("two", ("net", "control"), ("net", "dark"), ("b", "control"), begun="2026-01-01T03:00:00Z", version="2")


def test_one_run_alone_is_its_own_report() -> None:
    assert merged([ONE]) is ONE


def test_host_duration_begin_and_journal_of_each_run_are_kept() -> None:
    report = merged([ONE, TWO])
    assert report.runs == (*ONE.runs, *TWO.runs)
    assert [(run.host.kernel, run.host.cpus, run.wall_seconds, run.journal) for run in report.runs] == [
        ("6.1", 2, 60.0, "one"),
        ("6.8", 8, 60.0, "two"),
    ]


def test_a_merged_report_speaks_for_all_its_runs() -> None:
    report = merged([ONE, TWO])
    assert (report.version, report.images) == ("1, 2", (("frr", "10.3"), ("base", "one, two")))
    assert (report.host, report.wall_seconds, report.begun, report.journal) == (HOSTS["one"], 120.0, "2026-01-01T03:00:00Z", "")
    assert [lab.topology for lab in report.labs] == ["net", "a", "net", "b"]
    assert [limit.topology for limit in report.limits] == ["net", "a", "b"]


def test_every_check_is_kept_and_those_that_were_run_twice_are_told_apart() -> None:
    report = merged([ONE, TWO])
    assert [(verdict.topology, verdict.title, verdict.check, verdict.journal) for verdict in report.verdicts] == [
        ("net", "control (run 1)", "control", "one"),
        ("net", "cut", "cut", "one"),
        ("a", "control", "control", "one"),
        ("net", "control (run 2)", "control", "two"),
        ("net", "dark", "dark", "two"),
        ("b", "control", "control", "two"),
    ]
    assert (report.count(Status.PASS), len(report.verdicts)) == (6, 6)


def test_a_topology_is_drawn_once_as_the_first_run_drew_it() -> None:
    assert [(sketch.name, sketch.summary) for sketch in merged([ONE, TWO]).sketches] == [("net", "one"), ("a", "one"), ("b", "two")]


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        (("cut", "dark"), set()),
        (("cut", "cut"), set()),
        (("cut", None), {("net", "old"), ("b", "other")}),
        ((None, "dark"), {("net", "old"), ("a", "other")}),
    ],
)
def test_of_a_baseline_each_run_is_held_against_what_it_was_asked_for(
    asked: tuple[str | None, str | None], missing: set[tuple[str, str]]
) -> None:
    checks = [*((topology, "other") for topology in ("a", "b", "c")), ("net", "old"), ("net", "cut"), ("net", "dark")]
    baseline = figures_of(_report("one", *checks))
    runs = [replace(report, only=only, runs=(replace(report.runs[0], only=only),)) for report, only in zip((ONE, TWO), asked, strict=True)]
    contrast = compared(merged(runs), baseline, "b.json").contrast
    assert contrast is not None
    assert {(change.topology, change.check) for change in contrast.worse if change.what == "missing"} == missing


def test_a_check_that_was_run_twice_is_held_against_its_baseline_twice() -> None:
    failing = replace(TWO, verdicts=(_verdict("net", "cut", "two", Status.FAIL),))
    contrast = compared(merged([ONE, failing]), figures_of(ONE), "b.json").contrast
    assert contrast is not None
    assert [(change.what, change.check, change.now) for change in contrast.worse] == [("status", "cut", "fail")]


def test_the_figures_of_several_runs_have_each_lab_once() -> None:
    labs = [LabProfile(topology=topology, timers="tuned", ipsec="userspace") for topology in ("net", "a", "b")]
    assert list(figures_of(merged([ONE, TWO])).labs) == labs
