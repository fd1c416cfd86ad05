"""Group commit: what arrives while one transaction is being written shares the next one.

The first to arrive leads: it stores everything that waits in one transaction and tells each what
became of it; then the next in line leads. Nobody is answered before the commit. Under load this
spares the disk a sync and the database a turn per submission, and rows of one group share one
transaction number, which helps anonymity too.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class GroupCommit(Generic[Item, Result]):
    """A queue whose head stores for all."""

    def __init__(
        self,
        store: Callable[[Sequence[Item]], Sequence[Result]],
        largest: int = 100,
        hopeless: type[BaseException] | tuple[type[BaseException], ...] = (),
    ) -> None:
        """Make one.

        Args:
            store: stores items in one transaction and gives a result for each, in their order.
                What it raises reaches everybody in the group.
            largest: most items of one transaction.
            hopeless: an error that reaches everybody who waits by then too: storage gave up after
                a long time, and they must not wait for it to give up once more.
        """
        self._store, self._largest, self._hopeless = store, largest, hopeless
        self._lock = threading.Lock()
        self._waiting: deque[_Ticket[Item, Result]] = deque()
        self._led = False

    def submit(self, item: Item) -> Result:
        """Have an item stored; give its result once the transaction has been committed.

        Raises:
            Exception: whatever `store` raised for the group.
        """
        ticket: _Ticket[Item, Result] = _Ticket(item)
        with self._lock:
            self._waiting.append(ticket)
            leads, self._led = not self._led, True
        if not leads:
            ticket.called.wait()
        if not ticket.finished:
            self._lead()
        if ticket.error is not None:
            raise ticket.error
        return ticket.results[0]

    def _lead(self) -> None:
        with self._lock:
            size = min(len(self._waiting), self._largest)
            group = [self._waiting.popleft() for _ in range(size)]
        try:
            for ticket, result in zip(
                group, self._store([ticket.item for ticket in group]), strict=True
            ):
                ticket.results.append(result)
        except BaseException as error:
            if isinstance(error, self._hopeless):
                group += self._all_waiting()
            for ticket in group:
                ticket.error = error
        self._hand_over(group)

    def _all_waiting(self) -> list["_Ticket[Item, Result]"]:
        with self._lock:
            waiting = list(self._waiting)
            self._waiting.clear()
        return waiting

    def _hand_over(self, group: list["_Ticket[Item, Result]"]) -> None:
        with self._lock:
            self._led = bool(self._waiting)
            following = self._waiting[0] if self._waiting else None
        if following is not None:
            following.called.set()
        for ticket in group:
            ticket.finished = True
            ticket.called.set()


class _Ticket(Generic[Item, Result]):
    __slots__ = ("called", "error", "finished", "item", "results")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.called = threading.Event()
        self.finished = False
        self.results: list[Result] = []
        self.error: BaseException | None = None
