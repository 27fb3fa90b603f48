"""METRICS: a Snapshot in Prometheus's exposition format. AWS's metrics keep AWS's meaning. Their help has AWS's name and dimensions."""

from lab.views.metrics.exposition import exposition

__all__ = ["exposition"]
