"""The head of an imported topology: where it comes from, and what AWS has and the file has not."""

import textwrap
from collections.abc import Iterator, Sequence

from lab.importers.build.remark import Remark
from lab.importers.build.yaml_text import quoted
from lab.model.sites import Sites

_ABOUT = "Made by {} from an AWS account and a sites file. Behind each entry stands its id in AWS."
_WRAPPED = textwrap.TextWrapper(width=138, initial_indent="# - ", subsequent_indent="#   ", break_on_hyphens=False)


def head(sites: Sites, remarks: Sequence[Remark], made_by: str) -> Iterator[str]:
    """The comment on top of the file, its name and its summary."""
    yield f"# {_ABOUT.format(made_by)}"
    for title, is_left_out in (("Not in this file:", True), ("In this file only in part:", False)):
        here = [each for each in remarks if each.is_left_out is is_left_out]
        if here:
            yield from ("#", f"# {title}")
        for each in here:
            yield from _WRAPPED.wrap(f"{each.id}: {each.what}: {each.why}.")
    yield ""
    yield f"name: {sites.name}"
    yield f"summary: {quoted(sites.summary)}"
