"""Value at risk by simulation, for each portfolio and level of confidence."""

import numpy as np
from stopwatch import timed

CONFIDENCES = (0.90, 0.95, 0.99)
SCENARIOS = 24_000


class RiskCalculator:
    """Simulates correlated returns and reads the loss that is exceeded seldom enough."""

    def __init__(self, returns, seed=5):
        self.returns = returns
        self.random = np.random.default_rng(seed)

    def value_at_risk(self, portfolios):
        """The loss of each portfolio at each level of confidence."""
        with timed("covariance"):
            covariance = self.returns.cov().to_numpy()
        weights = np.stack(list(portfolios.values()))
        spreads = np.sqrt(np.einsum("ij,ij->i", weights @ covariance, weights))
        # One draw serves all portfolios, and the quantiles are all that is kept of it.
        simulated = self.random.normal(0.0, 1.0, SCENARIOS)
        quantiles = -np.quantile(simulated, [1 - confidence for confidence in CONFIDENCES])
        return {
            (name, confidence): spread * quantile
            for name, spread in zip(portfolios, spreads)
            for confidence, quantile in zip(CONFIDENCES, quantiles)
        }
