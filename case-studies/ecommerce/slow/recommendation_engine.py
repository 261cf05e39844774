"""The recommendation engine: what a user may want next, from what products are like and what users did."""

import numpy as np
import pandas as pd
from stopwatch import timed

NEIGHBOURS = 40
PAGE = 5
HISTORY_KINDS = ("view", "cart", "purchase")


def product_similarity_calculation(product_vectors, product_ids):
    """The nearest products of each product, by cosine similarity."""
    count = len(product_ids)
    norms = [np.linalg.norm(vector) for vector in product_vectors]
    similarity = np.zeros((count, count))
    neighbours = {}
    for i in range(count):
        with timed("similarity"):
            for j in range(count):
                similarity[i, j] = np.dot(product_vectors[i], product_vectors[j]) / (norms[i] * norms[j])
        with timed("conversions"):
            scores = pd.Series(similarity[i].tolist(), index=product_ids)
        nearest = np.argpartition(scores.to_numpy(), -NEIGHBOURS)[-NEIGHBOURS:]
        neighbours[product_ids[i]] = [(product_ids[k], similarity[i, k]) for k in nearest]
    return neighbours


def user_history_analysis(events, user_ids):
    """What each user viewed, put into the cart and bought."""
    profiles = {}
    for user_id in user_ids:
        profile = {}
        for kind in HISTORY_KINDS:
            with timed("history"):
                history = events[events["user_id"] == user_id]
            profile[kind] = history.loc[history["kind"] == kind, "product_id"].tolist()
        profiles[user_id] = profile
    return profiles


def rank_products(profile, neighbours, popularity):
    """The ten best products for a user: near to what was seen, and popular."""
    candidates = []
    for kind, weight in (("view", 1.0), ("cart", 2.0), ("purchase", 3.0)):
        for product_id in profile[kind]:
            for neighbour, score in neighbours[product_id]:
                candidates.append((neighbour, weight * score + popularity.get(neighbour, 0.0)))
            with timed("sorting"):
                candidates = sorted(candidates, key=lambda candidate: candidate[1], reverse=True)
    return best_distinct(candidates, 10)


def best_distinct(candidates, count):
    """The first products of a ranking, each once."""
    best = []
    for product_id, _ in candidates:
        if product_id not in best:
            best.append(product_id)
        if len(best) == count:
            break
    return best


def recommend(user_ids, profiles, neighbours, events):
    """Recommendations for each user, a page of users at a time."""
    recommendations = {}
    for start in range(0, len(user_ids), PAGE):
        with timed("features"):
            popularity = events["product_id"].value_counts(normalize=True).to_dict()
        for user_id in user_ids[start : start + PAGE]:
            recommendations[user_id] = rank_products(profiles[user_id], neighbours, popularity)
    return recommendations
