"""What endpoints share between requests."""

import time

LIFETIME_SECONDS = 5.0


class SharedCache:
    """Values that are made anew when they are too old."""

    def __init__(self):
        self.values = {}

    def get(self, key, make):
        """The value. Two threads may both make it, which costs less than to wait for each other."""
        made_at, value = self.values.get(key, (0.0, None))
        if time.monotonic() - made_at > LIFETIME_SECONDS:
            value = make()
            self.values[key] = (time.monotonic(), value)
        return value
