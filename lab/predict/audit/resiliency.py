"""Resiliency: the level that AWS would call a design's Direct Connect connections, and its SLA (aws-behaviour 3.5)."""

from lab.model.audit import Resiliency
from lab.predict.audit.design import Design


def resiliency(design: Design) -> Resiliency:
    """The lowest level of all flows between a data centre and a VPC."""
    return Resiliency(level="none", sla=None, limited_by="", missing=())
