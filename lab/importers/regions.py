"""AWS Regions: how their names look, and which Region a path names."""

import re
from pathlib import Path

from lab.spelling import near

_DIRECTION = "north|south|east|west|central|northeast|northwest|southeast|southwest"
_REGION = re.compile(rf"[a-z]{{2,4}}(-[a-z]+)?-({_DIRECTION})-[1-9]", re.ASCII)
_IN_A_PATH = re.compile(r"(?<![a-z0-9])[a-z]{2,4}(?:-[a-z]+){1,2}-[1-9](?![a-z0-9])", re.ASCII)
_USUAL = (
    "us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1",
    "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "ap-south-1", "ap-south-2", "ap-east-1", "ap-northeast-1", "ap-northeast-2",
    "ap-northeast-3", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "me-south-1", "me-central-1", "af-south-1",
    "il-central-1", "us-gov-east-1", "us-gov-west-1",
)  # fmt: skip


def is_region(name: str) -> bool:
    """Whether a name looks like a Region of AWS. This is no list of Regions, because AWS adds new ones."""
    return _REGION.fullmatch(name) is not None


def meant_region(name: str) -> str:
    """The Region that is probably meant by a wrong name, as words in a message. "" if none is similar."""
    meant = near(name, _USUAL)
    return f"did you mean {meant}?; " if meant else ""


def region_in(path: Path) -> str:
    """The Region that a path names: the nearest one. Else the nearest word that looks like one, such as `us-esat-1`. "" for neither."""
    words = [word for part in reversed(path.parts) for word in _IN_A_PATH.findall(part.lower())]
    return next(filter(is_region, words), words[0] if words else "")
