"""The daily report, as the text that the PDF printer takes."""

import numpy as np
from stopwatch import timed

LINE = "%-14s %-10s %16.2f %16.2f %16.2f %16.2f\n"


class ReportGenerator:
    """Collects the report's lines; they become one text when it is written."""

    def __init__(self, title):
        self.lines = [title + "\n\n"]
        self.rows = 0

    def add_positions(self, series):
        """A block for each position: its values by quarter."""
        with timed("formatting"):
            quarters = np.stack([values.reshape(-1, 84) for values in series.values()])
            figures = np.stack(
                [quarters[:, :, 0], quarters.min(2), quarters.max(2), quarters[:, :, -1]], axis=2
            )
            for position_id, blocks in zip(series, figures.tolist()):
                for number, block in enumerate(blocks):
                    self.lines.append(LINE % (f"position {position_id}", f"Q{number}", *block))
            self.rows = len(self.lines) - 1

    def add_losses(self, losses):
        """A line for each portfolio and level of confidence."""
        for (name, confidence), loss in losses.items():
            self.lines.append(f"{name:<14} {confidence:<10} {loss:16.6f}\n")

    def write(self, path):
        path.write_text("".join(self.lines))
