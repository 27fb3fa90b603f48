"""JOBS: run the checks of several topologies at the same time. Law: each topology has its own lab and its own process. Only the crew (the
parent of these processes) writes the journal.

The processes are separate because in one Python process the labs would slow each other down.
"""
