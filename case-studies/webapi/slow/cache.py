"""What endpoints share between requests."""

import threading
import time

LIFETIME_SECONDS = 0.02


class SharedCache:
    """Values that are made anew when they are too old."""

    def __init__(self):
        self.lock = threading.Lock()
        self.values = {}

    def get(self, key, make):
        """The value, which at most one thread makes at a time."""
        with self.lock:
            made_at, value = self.values.get(key, (0.0, None))
            if time.monotonic() - made_at > LIFETIME_SECONDS:
                value = make()
                self.values[key] = (time.monotonic(), value)
            return value
