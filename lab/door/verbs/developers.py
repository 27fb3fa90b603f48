"""For developers: measure, test and lint this project."""

import shlex
import sys
from pathlib import Path

from invoke.context import Context
from invoke.tasks import task

from lab.door import choice, console, number, verb
from lab.door.files import write
from lab.door.help import DEFAULT_TOPOLOGY, JSON_HELP, LAB_HELP
from lab.door.progress import progress
from lab.program import MODULES


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
    with progress(json) as shown:
        figures = bench_api.bench(chosen, topology, number(repeat, "--repeat") or 1, shown.say)
    print_figures(console(json), figures)
    write(json, figures_json(figures))
    return 0


@task(help={"pure": "only the tiers that need neither root nor Docker nor a browser"})
def test(context: Context, pure: bool = False) -> None:
    """The project's own tests, the real lab among them."""
    with context.cd(str(MODULES)):
        selection = "-n auto -m 'not live and not browser'" if pure else "-n 2"
        context.run(f"{shlex.quote(sys.executable)} -m pytest {selection}", pty=sys.stdout.isatty())


@task
def lint(context: Context) -> None:
    """Formatting, lint, types and the floors of the house."""
    programs = Path(sys.executable).parent
    with context.cd(str(MODULES)):
        for command in ("ruff format --check .", "ruff check .", "mypy", "lint-imports --no-logo"):
            context.run(f"{shlex.quote(str(programs))}/{command}", pty=sys.stdout.isatty())


ON_A_CLONE = (test, lint)
"""These need the sources, the tests and their tools."""
