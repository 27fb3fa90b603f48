"""PREDICT: what happens to every flow when components fail, without a lab. Law: it reads only the model, and the same values as FRR.

A prediction can differ from a lab only if FRR differs from our understanding of it. `lab-test --sweep` compares the two.

- `wires`: the connections between nodes, and which still work
- `policy`, `choice`, `speakers`, `decisions`, `tables`: BGP as FRR does it
- `forwarding`, `walks`: the path of a packet
- `components`: what can fail
- `detection`, `timing`: who notices a failure, and when routers react
- `why`: the reasons in words
- `prediction`: all of this together
"""

from lab.predict.prediction import Predictor

__all__ = ["Predictor"]
