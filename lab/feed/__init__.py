"""FEED: read the state of one running lab, for metrics, pages and boards. Law: only this package takes readings. All others show them."""

from lab.feed.collector import Collector

__all__ = ["Collector"]
