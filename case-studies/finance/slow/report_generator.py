"""The daily report, as the text that the PDF printer takes."""

from stopwatch import timed

LINE = "%-14s %-10s %16.2f %16.2f %16.2f %16.2f\n"


class ReportGenerator:
    """Collects the report's pages."""

    def __init__(self, title):
        self.content = title + "\n\n"
        self.rows = 0

    def add_positions(self, series):
        """A block for each position: its values by quarter."""
        for position_id, values in series.items():
            for quarter in range(0, len(values), 84):
                part = values[quarter : quarter + 84]
                figures = (part[0], part.min(), part.max(), part[-1])
                with timed("formatting"):
                    self.content = self.content + LINE % (f"position {position_id}", f"Q{quarter // 84}", *figures)
                self.rows += 1

    def add_losses(self, losses):
        """A line for each portfolio and level of confidence."""
        for (name, confidence), loss in losses.items():
            self.content = self.content + f"{name:<14} {confidence:<10} {loss:16.6f}\n"

    def write(self, path):
        path.write_text(self.content)
