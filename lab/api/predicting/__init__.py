"""PREDICTING: predict several topologies at the same time. Law: one topology, one process. No process outlives the command."""
