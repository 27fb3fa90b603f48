"""ANALYSIS: from a journal's events to a verdict and a report.

Law: nothing else is read, so a report can be made again from its journal.
"""
