"""ANALYSIS: make a verdict and a report from the events in a journal.

Law: it reads nothing but the journal, so a report can be made again at any time.
"""
