/** Rules about arrays and plots. */
import { buildVariable } from '../../../support/profiles.ts';
import type { RuleCase } from './case.ts';

export const arrayCases: readonly RuleCase[] = [
  {
    rule: 'python-loop-over-array',
    fires: [
      {
        name: 'a parameter that has the name of a small variable of the notebook',
        at: '[1]:4',
        cell: { variables: [buildVariable('values', 100, { shape: '5' })] },
        code: `def reciprocals(values):
    output = np.empty(len(values))
    for i in range(len(values)):          #> 20
        output[i] = 1.0 / values[i]       #> 900
    return output`,
      },
      {
        name: 'nested loops over indices',
        at: '[1]:4',
        code: `out = np.zeros((n, m))
for i in range(n):
    for j in range(m):                          #> 200
        out[i, j] = image[i, j] * 0.5 + 16      #> 1500`,
      },
      {
        name: 'a sum by index',
        at: '[1]:3',
        code: `total = 0.0
for i in range(len(values)):      #> 100
    total += values[i] * weights[i]   #> 900`,
      },
    ],
    silent: [
      {
        name: 'a dictionary by key',
        code: `for name in names:
    counts[name] = len(groups[name]["rows"])   #> 900`,
      },
      {
        name: 'a short loop over large pieces',
        code: `for i in range(8):
    parts[i] = transform(images[i])   #> 900 | numpy einsum 850`,
      },
      { name: 'whole arrays', code: `out = image * 0.5 + 16   #> 900` },
    ],
  },
  {
    rule: 'pairwise-loop',
    fires: [
      {
        name: 'a function in nested loops, whose lines are hot',
        at: '[1]:6',
        code: `def cosine_similarity(a, b):
    return np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b))   #> 1500 | numpy norm 700
sim = np.zeros((n, n))
for i in range(n):
    for j in range(n):
        sim[i, j] = cosine_similarity(vectors[i], vectors[j])   #> 100/1600`,
      },
      {
        name: 'the quotient itself',
        at: '[1]:6',
        code: `def similarity(vectors, norms):
    count = len(vectors)
    result = np.zeros((count, count))
    for i in range(count):
        for j in range(count):     #> 30
            result[i, j] = np.dot(vectors[i], vectors[j]) / (norms[i] * norms[j])   #> 1500
    return result
similarity(vectors, norms)    #> 0/1530`,
      },
    ],
    silent: [
      { name: 'a matrix product', code: `sim = unit @ unit.T   #> 900` },
      {
        name: 'one loop',
        code: `for i in range(1000):
    norms[i] = np.linalg.norm(big[i])   #> 900 | numpy norm 880`,
      },
    ],
  },
  {
    rule: 'plot-per-point',
    fires: [
      {
        name: 'a point each turn',
        at: '[1]:3',
        code: `fig, ax = plt.subplots()
for i in range(len(xs)):
    ax.plot(xs[i], ys[i], "o")   #> 900 | matplotlib Axes.plot 890`,
      },
    ],
    silent: [
      {
        name: 'all at once',
        code: `ax.scatter(xs, ys)   #> 900 | matplotlib Axes.scatter 890`,
      },
      {
        name: 'a line for each of four groups',
        code: `for name in ["a", "b", "c", "d"]:
    ax.plot(groups[name].x, groups[name].y)   #> 900 | matplotlib Axes.plot 890`,
      },
      {
        name: 'something else that is called plot',
        code: `for point in points:
    robot.plot(point)   #> 900`,
      },
    ],
  },
];
