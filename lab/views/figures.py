"""Show what the command `bench` measured."""

from collections.abc import Sequence
from dataclasses import asdict
from statistics import median

from rich.console import Console
from rich.table import Table

from lab.model.figure import Figure
from lab.views.json_text import json_text


def print_figures(console: Console, figures: Sequence[Figure]) -> None:
    """Print the minimum, the median and the maximum of each figure."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("figure", "n", "min", "median", "max", ""):
        table.add_column(heading, justify="left" if heading in {"figure", ""} else "right")
    for figure in figures:
        spread = (min(figure.readings), median(figure.readings), max(figure.readings))
        table.add_row(figure.name, str(len(figure.readings)), *(f"{value:.2f}" for value in spread), figure.unit)
    console.print(table)


def figures_json(figures: Sequence[Figure]) -> str:
    """All measured values as JSON, under `figures`."""
    return json_text({"schema": 1, "figures": [asdict(figure) for figure in figures]})
