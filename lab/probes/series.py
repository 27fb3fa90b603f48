"""A series: one instant for each packet number. It can forget the oldest packets. The others keep their numbers."""

from array import array


class Series:
    """Instants in wall-clock ns, 0 for never. `first`: the number of the oldest packet that is not forgotten."""

    def __init__(self) -> None:
        self.first = 0
        self.end = 0
        """The number after that of the last packet that was put in."""
        self._kept = array("q")

    def put(self, number: int, instant: int) -> None:
        """Note the instant of a packet. A second instant, or one of a forgotten packet, changes nothing."""
        index = number - self.first
        if index < 0:
            return
        if index >= len(self._kept):
            self._kept.extend([0] * (index + 1 - len(self._kept)))
        if not self._kept[index]:
            self._kept[index] = instant
        self.end = max(self.end, number + 1)

    def since(self, number: int) -> "array[int]":
        """The instants from a packet number on, or from the oldest number that is not forgotten."""
        return self._kept[max(number - self.first, 0) :]

    def between(self, number: int, end: int) -> "array[int]":
        """The instants of the packets from `number` to `end`, without `end`."""
        return self._kept[max(number - self.first, 0) : max(end - self.first, 0)]

    def number_at(self, instant: int) -> int:
        """The number of the first packet that is not before the instant. The instants must be in order of time."""
        low, high = 0, len(self._kept)
        while low < high:
            middle = (low + high) // 2
            if self._kept[middle] < instant:
                low = middle + 1
            else:
                high = middle
        return self.first + low

    @property
    def oldest(self) -> int:
        """The instant of the oldest packet. 0 if there is none."""
        return self._kept[0] if self._kept else 0

    @property
    def newest(self) -> int:
        """The instant of the newest packet. 0 if there is none."""
        return self._kept[-1] if self._kept else 0

    def forget_before(self, number: int) -> None:
        """Forget all packets before this number."""
        del self._kept[: max(number - self.first, 0)]
        self.first = max(self.first, number)
