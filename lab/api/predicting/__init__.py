"""PREDICTING: predict several topologies at the same time.

Law: each topology has its own process. No process is left when the command ends.
"""
