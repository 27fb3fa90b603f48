"""The door for people: one task a verb. Parse, ask lab.api, show, exit with the contract's code. No logic lives here."""

import shlex
import sys
from functools import partial
from pathlib import Path

from invoke import Collection, Context, task

sys.path.insert(0, str(Path(__file__).parent))

from lab.door import Door, after_dashes, choice, console, earlier, finish, number, say, verb, write
from lab.door.help import AGAIN_HELP, BREAK_HELP, JSON_HELP, LAB_HELP, OPTIONS_HELP, REPORT_HELP, RUNNING_HELP, TEST_HELP
from lab.errors import InputError, Problem

DEFAULT_TOPOLOGY = "active-active-vpn"


@task(help={"json": JSON_HELP})
@verb
def doctor(_: Context, json: str | None = None) -> int:
    """What this host offers and lacks, each with its consequence and the way out; changes nothing."""
    from lab.api import host
    from lab.views.host import findings_json, print_findings

    findings = host.doctor()
    print_findings(console(json), findings)
    write(json, findings_json(findings))
    return 0


@task(name="lab-up", help={"topology": LAB_HELP, "json": JSON_HELP} | OPTIONS_HELP)
@verb
def lab_up(_: Context, topology: str = DEFAULT_TOPOLOGY, timers: str = "tuned", ipsec: str = "userspace", json: str | None = None) -> int:
    """Deploy a lab; returns when every tunnel, BGP session and flow in both directions is good."""
    from lab.api import labs
    from lab.model.plan import Ipsec, Timers
    from lab.views.lab.changes import lab_json, print_lab

    facts = labs.bring_up(topology, choice(timers, "--timers", Timers), choice(ipsec, "--ipsec", Ipsec), say)
    print_lab(console(json), facts)
    write(json, lab_json(facts))
    return 0


@task(
    name="lab-down",
    help={"topology": LAB_HELP + "; the default is the only one running", "all": "every lab on this host", "json": JSON_HELP},
)
@verb
def lab_down(_: Context, topology: str | None = None, all: bool = False, json: str | None = None) -> int:
    """Remove every trace of a lab, also after a crash, also without the files that made it; one that is gone already is fine."""
    from lab.api import labs
    from lab.views.lab.changes import print_removed, removed_json

    removed = labs.bring_down(topology, say, every=all)
    print_removed(console(json), removed, topology)
    write(json, removed_json(removed))
    return 0


@task(name="lab-status", help={"topology": RUNNING_HELP, "json": JSON_HELP})
@verb
def lab_status(_: Context, topology: str | None = None, json: str | None = None) -> int:
    """Sessions, tunnels, routes, flows and faults in force of a running lab."""
    from lab.api import labs
    from lab.views.lab.status import print_status, status_json

    status = labs.status(topology)
    print_status(console(json), status)
    write(json, status_json(status))
    return 0


@task(name="lab-list", help={"json": JSON_HELP})
@verb
def lab_list(_: Context, json: str | None = None) -> int:
    """Every lab that runs on this host or has left anything on it."""
    from lab.api import running
    from lab.views.lab.labs import labs_json, print_labs

    listings = running.labs()
    print_labs(console(json), listings)
    write(json, labs_json(listings))
    return 0


@task(name="lab-shell", help={"node": "name of a node", "topology": RUNNING_HELP})
@verb
def lab_shell(_: Context, node: str, topology: str | None = None) -> int:
    """A shell in a node; `vtysh`, `swanctl`, `ip` and `tcpdump` are there."""
    from lab.api import nodes

    return nodes.run_in_node(topology, node, [])


@task(name="lab-exec", help={"node": "name of a node", "topology": RUNNING_HELP})
@verb
def lab_exec(_: Context, node: str, topology: str | None = None) -> int:
    """Run one command in a node: ./inv lab-exec NODE -- vtysh -c "show ip bgp"; its exit code is ours."""
    from lab.api import nodes

    command = after_dashes()
    if not command:
        raise InputError([Problem(place="lab-exec", message=f"no command (./inv lab-exec {node} -- COMMAND)")])
    return nodes.run_in_node(topology, node, command)


@task(
    name="lab-capture",
    help={"link": "name of a link", "file": "write pcap to this file (- for standard output)", "topology": RUNNING_HELP},
)
@verb
def lab_capture(_: Context, link: str, file: str | None = None, topology: str | None = None) -> int:
    """Packets of a link until Ctrl-C: on the terminal, or to a file for Wireshark."""
    from lab.api import look

    taken = look.capture(topology, link, Path(file) if file else None, lambda line: print(line, flush=True))
    say(f"{taken} packets of {link}")
    return 0


@task(name="lab-break", help=BREAK_HELP, iterable=["with_"])
@verb
def lab_break(
    _: Context,
    *,
    topology: str | None = None,
    for_: str | None = None,
    with_: list[str] | None = None,
    json: str | None = None,
    fault: str,
    target: str,
) -> int:
    """Break something of a running lab by hand."""  # topology comes first, so that it has -t as everywhere
    from lab.api import breaks
    from lab.views.lab.changes import hand_fault_json

    order = breaks.ByHand(lab=topology, kind=fault, target=target, duration=for_, parameters=tuple(with_ or ()))
    write(json, hand_fault_json(breaks.break_by_hand(order, say)))
    return 0


@task(name="lab-heal", help={"topology": RUNNING_HELP, "json": JSON_HELP})
@verb
def lab_heal(_: Context, topology: str | None = None, json: str | None = None) -> int:
    """Put right whatever differs from the plan; returns when all flows pass again."""
    from lab.api import breaks
    from lab.views.lab.changes import healed_json, print_healed

    found = breaks.heal(topology)
    print_healed(console(json), found)
    write(json, healed_json(found))
    return 0


@task(name="lab-test", help=TEST_HELP | OPTIONS_HELP | REPORT_HELP, iterable=["topology"])
@verb
def lab_test(
    _: Context,
    topology: list[str] | None = None,
    check: str | None = None,
    timers: str = "tuned",
    ipsec: str = "userspace",
    json: str | None = None,
    junit: str | None = None,
    jobs: str | None = None,
    repeat: str | None = None,
    report: str | None = None,
    baseline: str | None = None,
    save_baseline: str | None = None,
    strict: bool = False,
    verbose: bool = False,
) -> int:
    """The main job: run the checks on real labs and say whether the promises were kept."""
    from lab.api import test as test_api
    from lab.api.files import all_topologies
    from lab.model.plan import Ipsec, Timers
    from lab.views.report.text import print_verdict

    options = test_api.TestOptions(
        topologies=tuple(topology or all_topologies()),
        check=check,
        timers=choice(timers, "--timers", Timers),
        ipsec=choice(ipsec, "--ipsec", Ipsec),
        jobs=number(jobs, "--jobs"),
        repeat=number(repeat, "--repeat") or 1,
        baseline=earlier(baseline, save_baseline),
        strict=strict,
    )
    show = partial(print_verdict, console(json), several=len(options.topologies) > 1, verbose=verbose)
    return finish(test_api.test(options, show, say), json, junit, report, save_baseline)


@task(name="lab-report", help=AGAIN_HELP, iterable=["also"])
@verb
def lab_report(
    _: Context,
    journal: str,
    json: str | None = None,
    junit: str | None = None,
    report: str | None = None,
    baseline: str | None = None,
    save_baseline: str | None = None,
    verbose: bool = False,
    also: list[str] | None = None,
) -> int:
    """The report of an earlier run, made again from its journal; of several journals one report."""
    from lab.api import reports
    from lab.views.report.text import print_verdict

    again = reports.merged_again([Path(each) for each in (journal, *(also or ()))], earlier(baseline, save_baseline))
    show = partial(print_verdict, console(json), several=len({verdict.topology for verdict in again.verdicts}) > 1, verbose=verbose)
    for verdict in again.verdicts:
        show(verdict)
    return finish(again, json, junit, report, save_baseline)


@task(
    name="lab-faults",
    help={"markdown": "the page docs/reference/faults.md: also who can notice each, and checks that use it", "json": JSON_HELP},
)
@verb
def lab_faults(_: Context, markdown: bool = False, json: str | None = None) -> int:
    """The kinds of fault a check or `lab-break` may name, what each takes as its target, and its parameters."""
    from lab.api import catalogue
    from lab.views.faults.listing import faults_json, faults_text

    kinds = catalogue.fault_kinds()
    if json != "-":
        write("-", catalogue.faults_page() if markdown else faults_text(kinds))
    write(json, faults_json(kinds))
    return 0


@task(help={"topology": LAB_HELP, "format": "svg, mermaid or dot", "file": "write it here instead of to standard output"})
@verb
def graph(_: Context, topology: str = DEFAULT_TOPOLOGY, format: str = "mermaid", file: str | None = None) -> int:
    """A picture of the network; needs no lab and no root."""
    from lab.api import paper

    write(file or "-", paper.picture(topology, format))
    return 0


@task(help={"kind": "topology or check", "markdown": "every key as a table instead: what it may be and what it means"})
@verb
def schema(_: Context, kind: str, markdown: bool = False) -> int:
    """The JSON Schema of a topology or a check, for editors."""
    from lab.api import paper

    write("-", paper.keys(kind) if markdown else paper.schema(kind))
    return 0


@task(
    help={
        "part": "lifecycle, probes or outages alone; the default is all, about ten minutes",
        "topology": LAB_HELP + "; whose lifecycle is measured",
        "repeat": "rounds of the lifecycle; each brings up and removes a lab",
        "json": JSON_HELP,
    }
)
@verb
def bench(_: Context, part: str | None = None, topology: str = DEFAULT_TOPOLOGY, repeat: str = "5", json: str | None = None) -> int:
    """The figures of the README's performance table, measured again on this host."""
    from lab.api import bench as bench_api
    from lab.views.figures import figures_json, print_figures

    chosen = choice(part, "--part", bench_api.Part) if part else None
    figures = bench_api.bench(chosen, topology, number(repeat, "--repeat") or 1, say)
    print_figures(console(json), figures)
    write(json, figures_json(figures))
    return 0


@task(help={"pure": "only the tiers that need neither root nor Docker nor a browser"})
def test(context: Context, pure: bool = False) -> None:
    """The project's own tests, the real lab among them."""
    with context.cd(str(Path(__file__).parent)):
        selection = "-n auto -m 'not live and not browser'" if pure else "-n 2"
        context.run(f"{shlex.quote(sys.executable)} -m pytest {selection}", pty=sys.stdout.isatty())


@task
def lint(context: Context) -> None:
    """Formatting, lint, types and the floors of the house."""
    programs = Path(sys.executable).parent
    with context.cd(str(Path(__file__).parent)):
        for command in ("ruff format --check .", "ruff check .", "mypy", "lint-imports --no-logo"):
            context.run(f"{shlex.quote(str(programs))}/{command}", pty=sys.stdout.isatty())


def main() -> None:
    """What ./inv runs: Invoke on this file."""
    Door(namespace=Collection.from_module(sys.modules[__name__]), name="inv", binary="inv").answer(sys.argv[1:])


if __name__ == "__main__":
    main()
