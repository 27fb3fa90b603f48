"""Make families of samples. A family has one name, and one sample for each thing that it is about."""

from collections.abc import Iterable

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

Labels = tuple[str, ...]
Samples = Iterable[tuple[Labels, float | bool | None]]
"""Pairs of label values and a value. The value is None if there is no reading: then there is no sample."""


def gauge(name: str, about: str, labels: str, samples: Samples) -> Metric:
    """A family of values that go up and down. `labels`: the names of the labels, with spaces between them."""
    return _filled(GaugeMetricFamily(name, about, labels=labels.split()), samples)


def counter(name: str, about: str, labels: str, samples: Samples) -> Metric:
    """A family of values that only grow. Its samples have the suffix _total."""
    return _filled(CounterMetricFamily(name, about, labels=labels.split()), samples)


def _filled(family: GaugeMetricFamily | CounterMetricFamily, samples: Samples) -> Metric:
    for labels, value in samples:
        if value is not None:
            family.add_metric(labels, float(value))
    return family
