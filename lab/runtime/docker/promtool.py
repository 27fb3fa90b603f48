"""Let promtool, in the image of monitors, check rule files."""

from collections.abc import Sequence
from pathlib import Path

import docker

from lab.runtime.docker.border import translated

_FOLDER = "/rules"
_SECONDS = 60


def complaints(client: docker.DockerClient, image: str, files: Sequence[Path]) -> tuple[tuple[Path, str], ...]:
    """What promtool says against rule files: pairs of a file and a line of its words. () if all are right."""
    inside = {f"{_FOLDER}/{number}.yml": file for number, file in enumerate(files)}
    with translated("docker: promtool"):
        host_config = client.api.create_host_config(
            network_mode="none",
            binds={str(file): {"bind": name, "mode": "ro"} for name, file in inside.items()},
            cap_drop=["ALL"],
            security_opt=["no-new-privileges"],
        )
        created = client.api.create_container(image, entrypoint=["promtool"], command=["check", "rules", *inside], host_config=host_config)
        try:
            client.api.start(created["Id"])
            code = client.api.wait(created["Id"], timeout=_SECONDS)["StatusCode"]
            said = client.api.logs(created["Id"]).decode(errors="replace")
        finally:
            client.api.remove_container(created["Id"], force=True)
    return parse_complaints(said, inside) if code else ()


def parse_complaints(said: str, inside: dict[str, Path]) -> tuple[tuple[Path, str], ...]:
    """The complaints in promtool's output: lines that begin with a file and a colon, or that follow `Checking FILE`."""
    found: list[tuple[Path, str]] = []
    checking: Path | None = None
    for line in map(str.strip, said.splitlines()):
        name, colon, words = line.partition(":")
        if line.startswith("Checking "):
            checking = inside.get(line.removeprefix("Checking ").rstrip(":"))
        elif colon and name in inside:
            found.append((inside[name], words.strip()))
        elif checking and line and not line.endswith("FAILED:") and "SUCCESS" not in line:
            found.append((checking, line))
    return tuple(found)
