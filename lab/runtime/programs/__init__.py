"""PROGRAMS: our own processes, which collect what must be stamped at once. Law: programs collect, other rooms interpret.

A collecting program is a module with a `main`. It gets sockets of the nodes, writes records to its standard output, and ends with its
owner.
"""

from lab.runtime.programs.running import Programs

__all__ = ["Programs"]
