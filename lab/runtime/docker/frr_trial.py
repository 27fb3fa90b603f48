"""Let FRR's daemons, in the image of nodes, read configurations without running them."""

import io
import re
import tarfile
from collections.abc import Iterator, Mapping

import docker

from lab.runtime.docker.border import translated

_SECONDS = 60
_RUN = 'for file in /trial/*; do echo "reads $file"; "/usr/lib/frr/${file##*.}" -C -f "$file" 2>&1 || echo "ended with exit code $?"; done'
"""The files are named NODE.DAEMON. Nothing in them reaches the shell."""
_CAPABILITIES = ["NET_ADMIN", "NET_BIND_SERVICE", "NET_RAW", "SETGID", "SETUID", "SYS_ADMIN"]
"""Those that FRR's daemons want at their start. The container has no network."""
_AT = re.compile(r"(?:\[[^]]*\] ?)*([A-Z][^:]*?) on config line (\d+): *(.*)")
_CHANGE, _REASON, _NO_REASON = "error processing configuration change", "Error description: ", "% Configuration failed."
"""How FRR says that it refuses a line without its number, and how it begins the reason."""
_TAKEN = " graceful-restart"
"""FRR 10.3 warns of this line without zebra, although it takes it."""
_READS = re.compile(r"reads /trial/([a-z0-9-]+)\.([a-z]+)")

Complaint = tuple[str, int | None, str]
"""A node, the line of its configuration (None if FRR names none), and FRR's words."""


def complaints(client: docker.DockerClient, image: str, texts: Mapping[tuple[str, str], str]) -> tuple[Complaint, ...]:
    """What FRR says against configurations. `texts`: by node and daemon. () if all are right."""
    with translated("docker: the trial of FRR's configurations"):
        host_config = client.api.create_host_config(
            network_mode="none", cap_drop=["ALL"], cap_add=_CAPABILITIES, security_opt=["no-new-privileges"], mem_limit="256m"
        )
        created = client.api.create_container(image, entrypoint=["sh", "-c", _RUN], host_config=host_config)
        try:
            client.api.put_archive(created["Id"], "/", _packed(texts))
            client.api.start(created["Id"])
            client.api.wait(created["Id"], timeout=_SECONDS)
            said = client.api.logs(created["Id"]).decode(errors="replace")
        finally:
            client.api.remove_container(created["Id"], force=True)
    return tuple(dict.fromkeys(parse_complaints(said)))


def parse_complaints(said: str) -> Iterator[Complaint]:
    """The complaints in what the daemons print.

    A daemon prints the reason of a complaint on a line of its own. It also warns so of lines that it takes.
    """
    node, reasons, wrong = "", list[str](), False
    for line in [*said.splitlines(), "reads /trial/end.all"]:
        if begins := _READS.fullmatch(line):
            yield from ((node, None, reason) for reason in (reasons if wrong else ()))
            node, reasons, wrong = begins[1], [], False
        elif at := None if line.endswith(_TAKEN) else _AT.search(line):
            wrong = True
            yield node, int(at[2]), f"{at[1]}: {at[3].strip()}"
        elif line.startswith("ended with"):
            yield node, None, line
        elif line.startswith("% ") and line != _NO_REASON:
            reasons.append(line.removeprefix("% "))
        elif line.startswith(_REASON):
            reasons.append(line.removeprefix(_REASON))
        wrong = wrong or _CHANGE in line


def _packed(texts: Mapping[tuple[str, str], str]) -> bytes:
    """The configurations as a tar archive."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for (node, daemon), text in texts.items():
            octets = text.encode()
            entry = tarfile.TarInfo(f"trial/{node}.{daemon}")
            entry.size, entry.mode = len(octets), 0o644
            archive.addfile(entry, io.BytesIO(octets))
    return packed.getvalue()
