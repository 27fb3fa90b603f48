"""What a student saved of a chapter: a JSON file beside the progress."""

import json
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from lab.api.workshop.progress import FOLDER
from lab.errors import InputError, Problem
from lab.model.course import Layer
from lab.model.plan import File, Route


def layers_path(student: str, chapter: str) -> Path:
    """The file for what a student saves of a chapter."""
    return FOLDER / student / f"{chapter}.json"


def keep_layers(student: str, chapter: str, found: Sequence[Layer]) -> Path:
    """Write the layers. If we are killed meanwhile, an old file remains. Return the file's path."""
    path = layers_path(student, chapter)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    written = {
        layer.node: {"files": {file.path: file.text for file in layer.files}, "routes": [_written(route) for route in layer.routes]}
        for layer in found
    }
    fresh.write_text(json.dumps(written, indent=2) + "\n")
    fresh.replace(path)
    return path


def kept_layers(student: str, chapter: str) -> tuple[Layer, ...]:
    """The layers in the file. Raises InputError if there is none, or if it cannot be read."""
    path = layers_path(student, chapter)
    try:
        kept = json.loads(path.read_text())
        return tuple(
            Layer(
                node=str(node),
                files=tuple(File(path=str(name), text=str(text)) for name, text in each["files"].items()),
                routes=tuple(_read(route) for route in each["routes"]),
            )
            for node, each in kept.items()
        )
    except FileNotFoundError:
        raise InputError([Problem(place=str(path), message="nothing was saved of this chapter (workshop-save does that)")]) from None
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        message = f"this file was not written by workshop-save: {type(error).__name__} (remove it, and save again)"
        raise InputError([Problem(place=str(path), message=message)]) from None


def _written(route: Route) -> dict[str, str | int | None]:
    via = str(route.via) if route.via else None
    return {"prefix": str(route.prefix), "via": via, "interface": route.interface, "metric": route.metric}


def _read(written: dict[str, str | int | None]) -> Route:
    via, interface = written["via"], written["interface"]
    return Route(
        prefix=IPv4Network(str(written["prefix"])),
        via=IPv4Address(str(via)) if via else None,
        interface=str(interface) if interface else None,
        metric=int(written["metric"] or 0),
    )
