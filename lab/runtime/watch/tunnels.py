"""Translate charon's log messages (group IKE, level 1) into plain words. Messages that report no change of state are left out."""

import re

_WORDS = (
    (re.compile(r"initiating IKE_SA "), "IKE SA initiated"),
    (re.compile(r"IKE_SA \S+ established between "), "IKE SA established"),
    (re.compile(r"received DELETE for IKE_SA "), "the peer deletes the IKE SA"),
    (re.compile(r"deleting IKE_SA "), "IKE SA deleted"),
    (re.compile(r"destroying duplicate IKE_SA "), "old IKE SA dropped, the peer begins anew"),
    (re.compile(r"IKE_SA \S+ rekeyed between "), "IKE SA rekeyed"),
    (re.compile(r"(?:inbound )?CHILD_SA \S+ established with "), "child SA established"),
    (re.compile(r"received DELETE for ESP CHILD_SA "), "the peer deletes the child SA"),
    (re.compile(r"closing CHILD_SA "), "child SA closed"),
    (re.compile(r".*MAC mismatched"), "the peer's key is another"),
    (re.compile(r"(giving up after \d+ retransmits)"), r"no answer, \1"),
    (re.compile(r"received (\w+) (?:notify )?error"), r"the peer says \1"),
)
_THREAD = re.compile(r"^\d+\[\w+\] ")


_ENDS = ("the peer deletes the IKE SA", "IKE SA deleted")


def ends_tunnel(words: str) -> bool:
    """Whether an event with these words means that the tunnel is down."""
    return words.endswith(_ENDS)


def tunnel_words(tunnel: str, text: str) -> str | None:
    """What happened to the SAs of a tunnel, in plain words. None if the log line reports no change."""
    said = _THREAD.sub("", text)
    for pattern, words in _WORDS:
        if found := pattern.match(said):
            return f"{tunnel}: {found.expand(words)}"
    return None
