"""What may not come in: secrets, account ids, and addresses of hosts. Law: where it is not sure, it does not come in."""

import hashlib
import re

_SECRET_WORD = re.compile(r"psk|pre-?shared|passw|passphrase|secret|token|api-?key|private-?key|credential|\bA[KS]IA", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])")
_WORD = re.compile(r"[^\s:/=,;()\[\]-]+")
_ACCOUNT = re.compile(r"(?<![0-9])[0-9]{12}(?![0-9])|(?<![0-9])[0-9]{4}-[0-9]{4}-[0-9]{4}(?![0-9])")
_ANY_ACCOUNT = re.compile(r"[0-9]{12}")
_LONE_ACCOUNT = re.compile(r"(?<![0-9A-Za-z])(?<![0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-)[0-9]{12}(?![0-9A-Za-z])", re.IGNORECASE)
"""An account id that is no part of an id of AWS: comments show those. A Direct Connect gateway has a UUID, which may end with 12 digits."""
_HOST = re.compile(r"(?<![0-9.])[0-9]{1,3}(\.[0-9]{1,3}){3}(?![0-9./])")


def is_secret(written: str) -> bool:
    """Whether a tag looks like a secret, or has an address in it. Then nothing of it may be used."""
    return bool(_SECRET_WORD.search(written) or _ADDRESS.search(written) or any(_is_random(word) for word in _WORD.findall(written)))


def has_account(written: str) -> bool:
    """Whether there may be an account id in a text."""
    return _ANY_ACCOUNT.search(written) is not None


def without_accounts(written: str) -> str:
    """A text with a blank in place of each account id."""
    return _ACCOUNT.sub(" ", written)


def harmless(comment: str) -> str:
    """A comment without account ids, without addresses of hosts, and without anything that could end the line."""
    plain = " ".join("".join(each if each.isprintable() else " " for each in comment).split())
    return _HOST.sub("(address)", _LONE_ACCOUNT.sub("(account)", plain))


def digest(secret: str) -> str:
    """A text by which two equal values can be recognized, but which does not show them. "" for ""."""
    return hashlib.blake2b(secret.encode(), digest_size=8).hexdigest() if secret else ""


def _is_random(word: str) -> bool:
    """Whether a word looks like a generated key: long, with digits among letters of both cases, or very long with digits."""
    digits = sum(each.isdigit() for each in word)
    mixed = any(each.isupper() for each in word) and any(each.islower() for each in word)
    return (len(word) >= 12 and digits >= 2 and mixed) or (len(word) >= 20 and digits >= 3)
