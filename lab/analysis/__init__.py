"""REASONING: from a journal's events to a verdict and a report. Law: pure, so a report can be made again from its journal."""

from lab.analysis.contrast import compared
from lab.analysis.merge import merged
from lab.analysis.report import report_of, verdict_of
from lab.analysis.trust import rejections, worth_another
from lab.analysis.verdict import judge

__all__ = ["compared", "judge", "merged", "rejections", "report_of", "verdict_of", "worth_another"]
