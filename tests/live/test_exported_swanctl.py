"""strongSwan itself loads the exported swanctl.conf, in the image of nodes, without a network."""

import io
import tarfile
from pathlib import Path

import docker
import pytest

from lab.compiler import compile_topology
from lab.export import Product, export
from lab.intent import read_topology
from lab.model.plan import Circuits, Ipsec, Timers
from lab.runtime.docker.engine import ready_engine
from lab.runtime.docker.image import ready_image

_TOPOLOGY = Path(__file__).parents[1] / "golden" / "exports" / "every-knob.yaml"
_CHARON = """
charon-systemd {
    load_modular = no
    load = random nonce openssl kdf hmac sha1 sha2 aes gcm pem pkcs1 x509 pubkey socket-default kernel-netlink vici updown
    port = 0
    port_nat_t = 0
    plugins { vici { socket = unix:///run/export.vici } }
}
"""
_LOAD = """
STRONGSWAN_CONF=/export/strongswan.conf charon-systemd >/dev/null 2>&1 &
until /usr/sbin/swanctl --stats --uri unix:///run/export.vici >/dev/null 2>&1; do sleep 0.05; done
/usr/sbin/swanctl --load-all --noprompt --uri unix:///run/export.vici --file /export/swanctl.conf 2>&1
"""


@pytest.mark.live
def test_strongswan_loads_every_connection_of_an_exported_file():
    plan = compile_topology(read_topology(_TOPOLOGY), timers=Timers.TUNED, ipsec=Ipsec.USERSPACE, circuits=Circuits.TAGS)
    (exported,) = export(plan, Product.STRONGSWAN)
    client = ready_engine(print)
    said = _loaded(client, ready_image(client, print), exported.text)
    for tunnel in ("vpn1-1", "vpn1-2", "vpn2-1", "vpn2-2"):
        assert f"loaded connection '{tunnel}'" in said
        assert f"loaded ike secret 'ike-{tunnel}'" in said
    assert "successfully loaded 4 connections, 0 unloaded" in said


def _loaded(client: docker.DockerClient, image: str, text: str) -> str:
    """What strongSwan says when it loads a file."""
    limits = client.api.create_host_config(network_mode="none", cap_add=["NET_ADMIN"])
    made = client.api.create_container(image, entrypoint=["sh", "-c", _LOAD], host_config=limits)
    try:
        client.api.put_archive(made["Id"], "/", _packed({"export/strongswan.conf": _CHARON, "export/swanctl.conf": text}))
        client.api.start(made["Id"])
        client.api.wait(made["Id"], timeout=60)
        return client.api.logs(made["Id"]).decode()
    finally:
        client.api.remove_container(made["Id"], force=True)


def _packed(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return packed.getvalue()
