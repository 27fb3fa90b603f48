"""PREDICT: what happens to every flow when components fail, without a lab. Law: it reads only the model, and the same values as FRR.

A prediction can differ from a lab only if FRR differs from our understanding of it. `lab-test --sweep` compares the two.

- `wires`: the connections between nodes, and which of them still work after failures
- `policy`, `choice`, `speakers`, `decisions`, `tables`: the routes of each router, as FRR chooses them
- `forwarding`, `walks`: the paths of packets
- `components`: everything that can fail
- `detection`, `timing`: who notices a failure, and when routers react
- `why`: the reasons in words
- `prediction`: all of this together
"""

from lab.predict.prediction import Predictor

__all__ = ["Predictor"]
