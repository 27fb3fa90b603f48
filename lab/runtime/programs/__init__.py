"""PROGRAMS: processes of our own that collect what must be stamped at once, and how they are run. Law: they take, we make sense of it.

A collecting program is a module with a `main`. It gets sockets of the nodes, tells records on its standard output, and ends with its owner.
"""

from lab.runtime.programs.running import Programs

__all__ = ["Programs"]
