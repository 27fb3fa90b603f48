"""FRR: write a router's typed values as configuration. Law: the values decide everything, the templates only write them down."""

from lab.compiler.frr.render import frr_files

__all__ = ["frr_files"]
