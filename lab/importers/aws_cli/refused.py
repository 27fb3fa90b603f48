"""Read which calls AWS did not answer. The script and boto3 note them, so that nobody takes half an account for a whole one."""

from collections.abc import Iterator

from lab.importers.account import Unread
from lab.importers.calls import CALLS
from lab.importers.record import Record
from lab.importers.regions import is_region

_PERMISSIONS = {call.command: call.permission for call in CALLS}


def not_read(record: Record, _: str) -> Iterator[Unread]:
    """A call that AWS did not answer, with the permission that it needs."""
    call, region = record.text("call"), record.text("region")
    if call not in _PERMISSIONS or not is_region(region):
        record.wrong("call", "expected a call of the collecting script, and a Region")
        return
    why = f"AWS did not answer this call, so what it would tell is missing here. It needs the permission {_PERMISSIONS[call]}"
    yield Unread(id=f"aws {call}", what=f"not read in {region}", why=why)
