"""REASONING: from a journal's events to a verdict and a report. Law: pure, so a report can be made again from its journal."""
