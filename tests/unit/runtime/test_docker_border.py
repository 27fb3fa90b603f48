"""The border of Docker: its errors in our words, and how a node's shell reports a missing command."""

import subprocess
from http import HTTPStatus

import pytest
from docker.errors import APIError, DockerException
from requests import Response

from lab.errors import HostError, LabError, NodeError
from lab.runtime.docker.border import translated
from lab.runtime.docker.terminal import known_or_told


def _refused(status: HTTPStatus, words: str) -> APIError:
    response = Response()
    response.status_code = status
    return APIError("409 Client Error", response, words)


@pytest.mark.parametrize(
    "words",
    ["Container 4711 is paused, unpause the container before exec", "Container 4711 is already paused", "container 4711 is paused"],
)
def test_a_refusal_of_a_frozen_node_names_the_node_and_the_way_out(words: str) -> None:
    with (
        pytest.raises(NodeError, match=r"^dc1-gw1: a fault has frozen or killed this node \(\./inv lab-heal undoes the fault\)$"),
        translated("dc1-gw1"),
    ):
        raise _refused(HTTPStatus.CONFLICT, words)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (_refused(HTTPStatus.CONFLICT, "the name is in use"), "dc1-gw1: the name is in use (docker info tells more)"),
        (_refused(HTTPStatus.NOT_FOUND, "No such container"), "dc1-gw1: No such container (docker info tells more)"),
        (DockerException("no engine\nat all"), "dc1-gw1: no engine (docker info tells more)"),
        (ConnectionResetError(104, "reset"), "dc1-gw1: [Errno 104] reset (docker info tells more)"),
    ],
)
def test_any_other_error_is_what_docker_said(error: Exception, words: str) -> None:
    with pytest.raises(LabError) as caught, translated("dc1-gw1"):
        raise error
    assert (type(caught.value), str(caught.value)) == (HostError, words)


@pytest.mark.parametrize("command", ["nosuch", "./nosuch", "no such", "nosuch; echo hit", "-nosuch", "$(echo hit)"])
def test_a_missing_command_is_named_and_has_code_127(command: str) -> None:
    result = subprocess.run(known_or_told("dc1-gw1", [command, "x"]), capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (127, "", f"dc1-gw1: there is no command '{command}' in the node\n")


def test_a_command_that_a_node_has_gets_its_words_as_typed_and_keeps_its_exit_code() -> None:
    command = ["sh", "-c", 'printf "<%s>" "$@"; exit 3', "sh", "a  b", "", "*", "$HOME"]
    result = subprocess.run(known_or_told("dc1-gw1", command), capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (3, "<a  b><><*><$HOME>", "")
