"""The table of behaviours as a page: the README in this folder."""

from collections.abc import Iterator

from tests.live.behaviour.row import Row
from tests.live.behaviour.table import MODULES, rows_of

_HEAD = """# What behaves like AWS, and what does not

Every row with a lab is a test. `sudo .venv/bin/pytest tests/live/behaviour` deploys the row's lab, does what the row says, and fails unless
it sees what the row says. Their labs are in [topologies](topologies), and the shipped `active-active-vpn`.
This page is made from the rows: `RECORD=1 pytest tests/golden/test_behaviour_table.py`.

Sources: V23, V26 Site-to-Site VPN User Guide of 2023, 2025-26 · D23, D26 Direct Connect User Guide · T23, T26 Transit Gateway Guide ·
C23 VPC User Guide · AT26 AWS agent toolkit · BC botocore's models · RP re:Post · FAQ Direct Connect FAQ · BL25 AWS Networking blog ·
BF Batfish's captured VPN configurations · EL edge-cloud.net, CAP field captures, XC, ST third-party notes and OL oasys.net (all weaker
than AWS's own text) · k known, d derived. Numbers are sections of the facts about AWS that this project was built from.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD.rstrip()
    for module in MODULES:
        rows = rows_of(module)
        yield f"\n## {(module.__doc__ or '').splitlines()[0].rstrip('.')}\n"
        if rows[0].why_not:
            yield "| AWS | source | why not here |\n|---|---|---|"
        else:
            yield "| AWS | source | lab | what is done | what is seen |\n|---|---|---|---|---|"
        yield from (_line(row) for row in rows)


def _line(row: Row) -> str:
    cells = (row.behaviour, row.source, row.why_not) if row.why_not else (row.behaviour, row.source, row.lab, row.done, row.seen)
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
