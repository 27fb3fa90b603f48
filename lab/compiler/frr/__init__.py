"""FRR: turn a router's typed values into configuration text. Law: the values decide everything; the templates only spell them."""

from lab.compiler.frr.render import frr_files

__all__ = ["frr_files"]
