"""PROGRAMS: run our own measuring programs as separate processes. Law: they only record. Other packages interpret the records.

Such a program is a module with a function `main`. It gets sockets of the nodes, writes records to its standard output, and ends when its
parent ends.
"""

from lab.runtime.programs.running import Programs

__all__ = ["Programs"]
