"""FEED: watch one running lab for others. Law: each reading is taken here, and nowhere else. Its readers only show what it says."""

from lab.feed.collector import Collector

__all__ = ["Collector"]
