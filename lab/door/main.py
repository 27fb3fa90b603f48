"""The door itself: the verbs as an Invoke collection, and what a command line starts."""

import sys

from invoke.collection import Collection

from lab import __version__
from lab.door import Door
from lab.door.verbs import groups
from lab.program import NAME


def collection() -> Collection:
    """Every verb, for Invoke."""
    return Collection(*(verb for verbs in groups().values() for verb in verbs))


def main() -> None:
    """Do what the words of the command line ask for."""
    Door(namespace=collection(), name=NAME, binary=NAME, version=__version__).answer(sys.argv[1:])
