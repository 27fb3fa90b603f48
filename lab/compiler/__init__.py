"""COMPILER: turn a topology into a plan. Law: pure. The same topology gives the same plan, byte for byte."""

from lab.compiler.plan import compile_topology, outline_topology

__all__ = ["compile_topology", "outline_topology"]
