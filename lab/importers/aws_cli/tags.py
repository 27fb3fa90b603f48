"""Tags of AWS's objects, and states in which an object is no more."""

from lab.importers.record import Record

_GONE = frozenset({"deleted", "deleting", "rejected", "rejecting", "failed", "failing", "detached", "detaching", "disassociated"})


def name_tag(record: Record, key: str = "Tags") -> str:
    """The value of the tag `Name`. "" if there is none."""
    pairs = ((each.text_or("Key") or each.text_or("key"), each.text_or("Value") or each.text_or("value")) for each in record.records(key))
    return next((value for name, value in pairs if name == "Name"), "")


def is_gone(record: Record, key: str = "State") -> bool:
    """Whether AWS says in its state that an object is deleted, rejected or detached."""
    return record.text_or(key) in _GONE
