"""Every container of a lab has a name that Docker accepts, also in a lab beside another one of the same topology."""

import re

import pytest

from lab.runtime.docker.single import container_name

DOCKERS = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")
"""Docker's rule for names (moby, daemon/names)."""


@pytest.mark.parametrize("lab", ["hybrid-backup", "hybrid-backup@2"])
@pytest.mark.parametrize("node", ["dc1-r1", "monitor"])
def test_docker_accepts_the_name(lab: str, node: str) -> None:
    assert DOCKERS.fullmatch(container_name(lab, node))


def test_labs_side_by_side_have_different_names() -> None:
    assert container_name("hybrid-backup", "dc1-r1") != container_name("hybrid-backup@2", "dc1-r1")
