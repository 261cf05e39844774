"""The recommendation engine: what a user may want next, from what products are like and what users did."""

import heapq

import numpy as np
from stopwatch import timed

NEIGHBOURS = 40
DIMENSIONS = 128
CHUNK = 512


def reduced(product_vectors):
    """The vectors in fewer dimensions (random projection keeps angles), of length one, in single precision."""
    projection = np.random.default_rng(1).normal(size=(product_vectors.shape[1], DIMENSIONS))
    vectors = (product_vectors @ projection).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def product_similarity_calculation(product_vectors, product_ids):
    """The nearest products of each product, by cosine similarity."""
    with timed("similarity"):
        vectors = reduced(product_vectors)
        neighbours = {}
        for start in range(0, len(vectors), CHUNK):
            # One matrix product for a block of products; never the whole matrix in memory.
            similarity = vectors[start : start + CHUNK] @ vectors.T
            nearest = np.argpartition(similarity, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
            scores = np.take_along_axis(similarity, nearest, axis=1)
            for row, (indices, values) in enumerate(zip(nearest, scores)):
                neighbours[product_ids[start + row]] = list(zip(product_ids[indices], values))
    return neighbours


def user_history_analysis(events, user_ids):
    """What each user viewed, put into the cart and bought."""
    with timed("history"):
        wanted = events[events["user_id"].isin(user_ids)]
        profiles = {user_id: {"view": [], "cart": [], "purchase": []} for user_id in user_ids}
        for (user_id, kind), products in wanted.groupby(["user_id", "kind"])["product_id"]:
            profiles[user_id][kind] = products.tolist()
    return profiles


def rank_products(profile, neighbours, popularity):
    """The ten best products for a user: near to what was seen, and popular."""
    best = {}
    for kind, weight in (("view", 1.0), ("cart", 2.0), ("purchase", 3.0)):
        for product_id in profile[kind]:
            for neighbour, score in neighbours[product_id]:
                value = weight * score + popularity.get(neighbour, 0.0)
                if value > best.get(neighbour, 0.0):
                    best[neighbour] = value
    with timed("sorting"):
        return heapq.nlargest(10, best, key=best.get)


def recommend(user_ids, profiles, neighbours, events):
    """Recommendations for each user."""
    with timed("features"):
        popularity = events["product_id"].value_counts(normalize=True).to_dict()
    return {user: rank_products(profiles[user], neighbours, popularity) for user in user_ids}
