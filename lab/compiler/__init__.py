"""TOPOLOGY → PLAN. Law: pure; the same topology gives the same plan, byte for byte."""

from lab.compiler.plan import compile_topology

__all__ = ["compile_topology"]
