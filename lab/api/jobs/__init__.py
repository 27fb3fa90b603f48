"""JOBS: run the checks of several topologies at the same time. Law: one topology, one lab, one process. Only the crew writes the journal.

Each job has its own process. In one Python process the labs would slow each other down.
"""
