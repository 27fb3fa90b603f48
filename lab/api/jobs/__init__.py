"""JOBS: the checks of several topologies side by side. Law: one topology, one lab, one process; the crew alone writes the journal.

A process each, since the probes' reader and the analysis of one lab would hold up another's in the same interpreter.
"""
