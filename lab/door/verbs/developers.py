"""Commands for developers: measure, test and check the style of this project."""

import shlex
import sys
from pathlib import Path

from invoke.context import Context

from lab.door import console, verb
from lab.door.command import command
from lab.door.files import write
from lab.door.help import DEFAULT_HELP, DEFAULT_TOPOLOGY, JSON_HELP
from lab.door.progress import progress
from lab.door.values import choice, number
from lab.errors import InputError, Problem
from lab.program import MODULES


@command(
    {
        "part lifecycle|probes|outages|availability|predictions": "measure only this part (default: all, about ten minutes)",
        "topology TOPOLOGY": f"deploy the lab of this topology to measure it: {DEFAULT_HELP}",
        "repeat N": "deploy and remove a lab N times (default: 5)",
        "picture FILE": "also draw how the cost of predictions grows with sites and failures: an SVG file",
        "json FILE": JSON_HELP,
    }
)
@verb
def bench(
    _: Context,
    part: str | None = None,
    topology: str = DEFAULT_TOPOLOGY,
    repeat: str = "5",
    picture: str | None = None,
    json: str | None = None,
) -> int:
    """Measure the lab's own performance on this host.

    These are the figures in docs/explanation/performance.md.
    """
    from lab.api import bench as bench_api
    from lab.views.figures import figures_json, print_figures
    from lab.views.growth import growth_svg

    chosen = choice(part, "--part", bench_api.Part) if part else None
    if picture and chosen not in {None, bench_api.Part.PREDICTIONS}:
        words = "this option needs the figures of predictions (add --part predictions, or leave --part out)"
        raise InputError([Problem(place="--picture", message=words)])
    with progress(json) as shown:
        figures = bench_api.bench(chosen, topology, number(repeat, "--repeat") or 1, shown.say)
    print_figures(console(json), figures)
    write(picture, growth_svg(figures) if picture else "")
    write(json, figures_json(figures))
    return 0


@command({"pure": "run only the tests that need no root, no Docker and no browser"})
def test(context: Context, pure: bool = False) -> None:
    """Run the project's own tests, also those on a real lab."""
    with context.cd(str(MODULES)):
        selection = "-n auto -m 'not live and not browser'" if pure else "-n 3"
        context.run(f"{shlex.quote(sys.executable)} -m pytest {selection}", pty=sys.stdout.isatty())


@command({})
def lint(context: Context) -> None:
    """Check format, style, types, and imports between packages."""
    programs = Path(sys.executable).parent
    with context.cd(str(MODULES)):
        for program in ("ruff format --check .", "ruff check .", "mypy", "lint-imports --no-logo"):
            context.run(f"{shlex.quote(str(programs))}/{program}", pty=sys.stdout.isatty())


ON_A_CLONE = (test, lint)
"""Verbs that need the sources, the tests and their tools."""
