"""The comparison of a run with a baseline, on the terminal. Each difference has one line. The worst differences are first."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from lab.model.contrast import Change, Contrast
from lab.views.counted import counted
from lab.views.report.change_words import change_words, new_path_words, new_paths_words

_WIDTH = 7


def print_contrast(console: Console, contrast: Contrast) -> None:
    """Print the differences that are worse, unsure, better and new, then those between the hosts, and the path of the baseline."""
    for word, style, text in _lines(contrast):
        console.print(Text.assemble((word.ljust(_WIDTH), f"bold {style}"), text), highlight=False, soft_wrap=True)
    console.print(Text(f"baseline {contrast.file}", "dim"), highlight=False, soft_wrap=True)


def worse_words(contrast: Contrast) -> str:
    """How many differences are worse, and how many paths are new, in words for the last line of a run."""
    new = f", {counted(len(contrast.new_paths), 'new path')}" if contrast.new_paths else ""
    return f"{len(contrast.worse)} worse than the baseline{new}"


def _lines(contrast: Contrast) -> Iterator[tuple[str, str, str]]:
    for change in contrast.worse:
        yield "WORSE", "red", change_words(change)
    for change in contrast.unsure:
        yield "UNSURE", "yellow", f"{change_words(change)}; {_why_unsure(change)}"
    for change in contrast.better:
        yield "BETTER", "green", change_words(change)
    if contrast.new_paths:
        yield "NEW", "", new_paths_words(contrast)
    for path in contrast.new_paths:
        yield "", "", new_path_words(path)
    for check in contrast.new:
        yield "NEW", "", f"{check}: not in the baseline"
    for difference in contrast.unlike:
        yield "NOTE", "", f"the baseline is from another host or tool: {difference}"


def _why_unsure(change: Change) -> str:
    if change.what == "path":
        return "as long as before, so perhaps only another of several equal paths (promise via if it matters)"
    return "may be chance, because so many outages are compared (run more trials: --repeat)"
