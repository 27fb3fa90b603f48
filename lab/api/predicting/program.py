"""A program that predicts plans. It reads orders from standard input, and writes predictions to standard output.

It ends when standard input ends, and when it cannot do what an order says.
"""

import gc
import pickle
import signal
import sys

from lab.api.predicting.messages import Order, packed
from lab.interrupt import ENDINGS
from lab.predict import Predictor


def main() -> None:
    """Read orders and write predictions until standard input ends."""
    for number in (*ENDINGS, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
    gc.disable()  # it runs for seconds, and predictions make no cycles
    while order := _order():
        pickle.dump(packed(Predictor(order.plan).all_sets(order.most)), sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()


def _order() -> Order | None:
    try:
        order: Order = pickle.load(sys.stdin.buffer)  # noqa: S301 - it is from the process that started us
    except EOFError:
        return None
    return order


if __name__ == "__main__":
    main()
