"""A circuit breaker: a server that failed again and again is left alone for a while, so that no question waits."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class Breaker:
    """Opens after `failures` failures in a row, for `rest` seconds; then one call at a time may try again."""

    failures: int = 3
    rest: float = 30.0
    clock: Callable[[], float] = time.monotonic
    _failed: int = 0
    _until: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def allows(self) -> bool:
        """Whether a call may be made; after the rest the first to ask may, and the others wait for its outcome."""
        with self._lock:
            if self._failed < self.failures:
                return True
            if self.clock() < self._until:
                return False
            self._until = self.clock() + self.rest
            return True

    def succeeded(self) -> None:
        """A call was answered: the server is well."""
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        """A call failed."""
        with self._lock:
            self._failed += 1
            if self._failed >= self.failures:
                self._until = self.clock() + self.rest
