"""Value at risk by simulation, for each portfolio and level of confidence."""

import numpy as np
from stopwatch import timed

CONFIDENCES = (0.90, 0.95, 0.99)
SCENARIOS = 24_000


class RiskCalculator:
    """Simulates correlated returns and reads the loss that is exceeded seldom enough."""

    # Every simulation is kept, so that a report can be explained later.
    historical_data_cache = {}

    def __init__(self, returns, seed=5):
        self.returns = returns
        self.random = np.random.default_rng(seed)

    def value_at_risk(self, portfolios):
        """The loss of each portfolio at each level of confidence."""
        losses = {}
        for name, weights in portfolios.items():
            for confidence in CONFIDENCES:
                with timed("covariance"):
                    covariance = self.returns.cov().to_numpy()
                spread = np.sqrt(weights @ covariance @ weights)
                simulated = self.random.normal(0.0, spread, SCENARIOS)
                self.historical_data_cache[(name, confidence, len(self.historical_data_cache))] = simulated
                losses[name, confidence] = -np.quantile(simulated, 1 - confidence)
        return losses
