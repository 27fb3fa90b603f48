"""REASONING: from a journal's events to a verdict and a report. Law: pure, so that every report can be made again from the journal."""

from lab.analysis.comparison import compared
from lab.analysis.report import report_of, verdict_of
from lab.analysis.verdict import judge, only_paused

__all__ = ["compared", "judge", "only_paused", "report_of", "verdict_of"]
