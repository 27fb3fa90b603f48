"""METERS: read what a running lab counts, without changing it, and cheaply enough for once a second."""

from lab.runtime.meters.meters import Meters

__all__ = ["Meters"]
