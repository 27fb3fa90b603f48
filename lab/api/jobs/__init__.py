"""JOBS: run the checks of several topologies at the same time. Law: one topology, one lab, one process; only the crew writes the journal.

Each has its own process: in one interpreter, the probes' reader and the analysis of one lab would delay those of another.
"""
