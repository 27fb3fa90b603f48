"""OWN: run a customer's own FRR configuration in an edge, instead of the one that the lab writes.

Law: the text is hostile. Only statements of known kinds reach FRR, and what they mean is read into the same values from which the lab
writes its own configurations. What cannot be read makes predictions impossible, never wrong.

- `placeholders`: names for addresses, interfaces and ASNs in the text
- `statements`: the text as statements, and the part of each daemon
- `neighbors`, `policy`, `reading`: the statements as a BgpRouter
- `fit`: whether every session of the network can come up with it
- `adoption`: all of this, and what changes in the rest of the plan
"""

from lab.compiler.own.adoption import Adopted, adopt, fitting_targets

__all__ = ["Adopted", "adopt", "fitting_targets"]
