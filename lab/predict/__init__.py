"""PREDICT: compute what happens to every flow when components fail. Needs no lab.

Law: it reads only `lab.model`. The routers' configuration values that it reads are the same ones from which FRR's files are written.

So a prediction can differ from a lab only if FRR works differently from this package. `lab-test --sweep` compares the two.

- `wires`, `prefixes`: the connections between nodes, and which of them still work after failures
- `policy`, `choice`, `speakers`, `decisions`, `kernel`: how each router chooses its routes, as FRR does
- `tables`, `lost`, `network`: the routes of all routers, before and after a failure
- `forwarding`, `walks`: the paths of packets
- `components`: everything that can fail
- `detection`, `timing`: which detector notices a failure, and when routers react
- `why`: the reasons in words
- `prediction`: all of this together
"""

from lab.predict.prediction import Predictor

__all__ = ["Predictor"]
