"""Problems that people had with redundant connections to AWS, each as a topology in tests/cases, some with checks."""

from pathlib import Path

CASES = Path(__file__).parent / "cases"


def case(name: str) -> Path:
    """The topology of a case."""
    return CASES / name / "topology.yaml"
