"""Carry images to hosts without a network."""

from pathlib import Path

from lab.model.progress import Say
from lab.runtime.docker.carry import load_image, save_image
from lab.runtime.docker.engine import ready_engine
from lab.runtime.docker.image import MONITOR, NODE, ready_image


def save(file: Path, say: Say, *, monitor: bool) -> str:
    """Write the image of nodes, or that of monitors, to a file. Builds it if this host does not have it. Return its tag."""
    client = ready_engine(say)
    tag = ready_image(client, say, MONITOR if monitor else NODE)
    save_image(client, tag, file, say)
    return tag


def load(file: Path, say: Say) -> str:
    """Load an image that `save` has written, and return its tag. Raises InputError if it is another version's, or not whole."""
    return load_image(ready_engine(say), file, say)
