"""PREDICT: what happens to every flow when components fail, without a lab. Law: it reads only the model, and the same values as FRR.

Prediction can differ from a lab only where FRR differs from our understanding of it. The lab is there to show that (`lab-test --sweep`).

- `wires`: what is joined to what · `policy`, `choice`, `speakers`, `tables`: BGP as FRR does it · `forwarding`, `walks`: a packet's way
- `components`: what can fail · `timing`: who notices, and when · `why`: the reasons · `prediction`: all of it together
"""

from lab.predict.prediction import Predictor

__all__ = ["Predictor"]
