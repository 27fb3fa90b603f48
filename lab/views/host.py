"""What this host has and lacks."""

from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from lab.model.status import Finding
from lab.views.json_text import json_text

_ALARM = "bold red"


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """One line a finding. Below a lacking one: the consequence and the way out."""
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


def findings_json(findings: Sequence[Finding]) -> str:
    """The same as JSON, under `findings`."""
    return json_text({"schema": 1, "findings": [asdict(finding) for finding in findings]})
