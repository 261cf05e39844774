/** Advice about loops: over arrays, with the same in each turn, with a plot, a sort or a statement in each. */
import type { Advice } from './advice.ts';

const SHOP = `import pathlib, sqlite3
pathlib.Path("shop.db").unlink(missing_ok=True)
db = sqlite3.connect("shop.db")
db.executescript("CREATE TABLE item (id INTEGER PRIMARY KEY, order_id INTEGER, price REAL)")
_ = db.executemany("INSERT INTO item VALUES (?, ?, ?)", ((i, i * 7919 % 6000, i % 97) for i in range(60_000)))
db.commit()`;

export const loopAdvice: readonly Advice[] = [
  {
    rule: 'python-loop-over-array',
    setup: `import numpy as np
image = np.random.default_rng(1).random((700, 900))`,
    slow: `slow = np.zeros_like(image)
for y in range(image.shape[0]):
    for x in range(image.shape[1]):
        slow[y, x] = image[y, image.shape[1] - 1 - x] * 1.2 + 0.1`,
    advised: `advised = image[:, ::-1] * 1.2 + 0.1`,
    same: 'np.allclose(slow, advised)',
  },
  {
    rule: 'pairwise-loop',
    setup: `import numpy as np
vectors = np.random.default_rng(1).random((900, 128))
unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)`,
    slow: `slow = np.zeros((900, 900))
for i in range(900):
    for j in range(900):
        slow[i, j] = np.dot(unit[i], unit[j])`,
    advised: `advised = unit @ unit.T`,
    same: 'np.allclose(slow, advised)',
  },
  {
    rule: 'redundant-call',
    setup: `import numpy as np, pandas as pd
returns = pd.DataFrame(np.random.default_rng(1).normal(size=(2_000, 120)))
portfolios = np.random.default_rng(2).dirichlet(np.ones(120), 60)`,
    slow: `slow = []
for weights in portfolios:
    covariance = returns.cov().to_numpy()
    slow.append(weights @ covariance @ weights)`,
    advised: `covariance = returns.cov().to_numpy()
advised = []
for weights in portfolios:
    advised.append(weights @ covariance @ weights)`,
    same: 'np.allclose(slow, advised)',
  },
  {
    rule: 'sort-in-loop',
    setup: `import heapq, random
random.seed(1)
pages = [[(random.random(), number * 20 + i) for i in range(20)] for number in range(1_300)]`,
    slow: `slow = []
for page in pages:
    slow.extend(page)
    slow = sorted(slow, key=lambda candidate: candidate[0], reverse=True)
slow = slow[:10]`,
    advised: `advised = []
for page in pages:
    advised.extend(page)
advised = heapq.nlargest(10, advised)`,
    same: 'slow == advised',
  },
  {
    rule: 'format-conversions',
    setup: `import numpy as np, pandas as pd
similarity = np.random.default_rng(1).random((2_500, 2_000))`,
    slow: `slow = []
for i in range(len(similarity)):
    scores = pd.Series(similarity[i].tolist())
    slow.append(scores.to_numpy().argmax())`,
    advised: `advised = []
for i in range(len(similarity)):
    scores = similarity[i]
    advised.append(scores.argmax())`,
    same: 'slow == advised',
  },
  {
    rule: 'plot-per-point',
    setup: `import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt, numpy as np
xs, ys = np.random.default_rng(1).random((2, 2_000))`,
    slow: `fig, ax = plt.subplots()
for i in range(len(xs)):
    ax.plot(xs[i], ys[i], "o", color="C0")
fig.canvas.draw()
slow = len(ax.lines)
plt.close(fig)`,
    advised: `fig, ax = plt.subplots()
ax.plot(xs, ys, "o", color="C0")
fig.canvas.draw()
advised = len(ax.lines[0].get_xdata())
plt.close(fig)`,
    same: 'slow == advised',
  },
  {
    rule: 'n-plus-one',
    setup: `${SHOP}
_ = db.execute("CREATE INDEX item_order ON item (order_id)")`,
    slow: `slow = {}
for _ in range(3):
    for order in range(6_000):
        rows = db.execute("SELECT price FROM item WHERE order_id = ?", (order,)).fetchall()
        slow[order] = sum(price for (price,) in rows)`,
    advised: `for _ in range(3):
    advised = dict(db.execute("SELECT order_id, sum(price) FROM item GROUP BY order_id").fetchall())`,
    same: 'slow == advised',
  },
  {
    rule: 'missing-index',
    setup: SHOP,
    slow: `slow = [db.execute("SELECT sum(price) FROM item WHERE order_id = ?", (order,)).fetchone() for order in (1, 2, 3) * 100]`,
    advised: `_ = db.execute("CREATE INDEX IF NOT EXISTS item_order_id_idx ON item (order_id)")
advised = [db.execute("SELECT sum(price) FROM item WHERE order_id = ?", (order,)).fetchone() for order in (1, 2, 3) * 100]`,
    same: 'slow == advised',
  },
];
