"""One container of a lab, a node or a monitor: its name, and its removal."""

from contextlib import suppress

import docker
from docker.errors import APIError, NotFound

_CONFLICT = 409
_REMOVE_SECONDS = 30


def container_name(lab: str, node: str) -> str:
    """The name of a container. Docker allows no @ in names, so the lab hybrid-backup@2 is spelled hybrid-backup_2."""
    return f"fl.{lab.replace('@', '_')}.{node}"


def remove_container(api: docker.APIClient, container_id: str) -> None:
    """Kill and remove a container. Return when it is gone. Does nothing if it is gone or is being removed by another command."""
    try:
        api.remove_container(container_id, force=True, v=True)
    except NotFound:
        return
    except APIError as error:
        if error.response is None or error.response.status_code != _CONFLICT:
            raise
        with suppress(NotFound):  # it may be gone before we wait for it
            api.wait(container_id, timeout=_REMOVE_SECONDS, condition="removed")
