"""Show what this host has for labs, and what it lacks."""

from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from lab.model.status import Finding
from lab.program import COMMAND, as_root
from lab.views.json_text import json_text

_ALARM = "bold red"


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """Print one line for each thing that labs need of the host. If it is lacking: also what does not work then, and what to do.

    At the end, print what to do next.
    """
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for finding in findings:
        mark = Text("ok", "green") if finding.ok else Text("lacking", _ALARM)
        table.add_row(mark, Text(finding.name, "bold"), Text(finding.found))
        if not finding.ok:
            table.add_row("", Text("so", "dim"), Text(finding.consequence))
            table.add_row("", Text("way out", "dim"), Text(finding.way_out, "yellow"))
    console.print(table, highlight=False)
    console.print(Text(f"\n{_last_words([finding for finding in findings if not finding.ok])}"))


def _last_words(lacking: Sequence[Finding]) -> str:
    """Whether labs can run here, and what to do next."""
    essential = ", ".join(finding.name for finding in lacking if finding.is_essential)
    if essential not in ("", "root"):
        return f"No lab can run yet. Missing: {essential}. Do what is written after `way out`, then run {COMMAND} doctor again."
    here = (
        "Everything needed is here" if not lacking else "Labs can run as root" if essential else "Labs can run, with the limits after `so`"
    )
    return f"{here}. Go on with:\n{as_root()} lab-test -t active-active-vpn --check one-appliance"


def findings_json(findings: Sequence[Finding]) -> str:
    """The findings as JSON, under the key `findings`."""
    return json_text({"schema": 1, "findings": [asdict(finding) for finding in findings]})
