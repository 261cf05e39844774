/** Rules about what loops repeat. */
import { heatedLines } from '../../../support/heated.ts';
import { buildCell } from '../../../support/profiles.ts';
import type { RuleCase } from './case.ts';

const ENGINE = `def rank(profile, events):
    popularity = events["product"].value_counts().to_dict()   #> 900 | pandas Series.value_counts 890
    return sorted(profile, key=popularity.get)   #> 10
def recommend(users, profiles, events):
    return {user: rank(profiles[user], events) for user in users}   #> 0/910`;

export const loopCases: readonly RuleCase[] = [
  {
    rule: 'format-conversions',
    fires: [
      {
        name: 'an array to a list to a Series',
        at: '[1]:2',
        code: `for i in range(count):
    scores = pd.Series(similarity[i].tolist(), index=ids)   #> 900 | pandas Series.__init__ 700`,
      },
      {
        name: 'a chain, in a comprehension',
        at: '[1]:1',
        code: `rows = [np.array(row).tolist() for row in found]   #> 900 | numpy array 500`,
      },
    ],
    silent: [
      {
        name: 'one conversion',
        code: `for i in range(count):
    scores = pd.Series(similarity[i], index=ids)   #> 900 | pandas Series.__init__ 700`,
      },
      {
        name: 'outside of a loop',
        code: `scores = pd.Series(similarity.tolist())   #> 900 | pandas Series.__init__ 700`,
      },
      {
        name: 'a function of the user between',
        code: `for i in range(count):
    scores = list(ranked(similarity[i].tolist()))   #> 900`,
      },
    ],
  },
  {
    rule: 'redundant-call',
    fires: [
      {
        name: 'a method of an object that does not change',
        at: '[1]:5',
        code: `class Risk:
    def value(self, portfolios):
        for name, weights in portfolios.items():
            for confidence in (0.9, 0.95):
                covariance = self.returns.ewm(halflife=60).cov().iloc[-5:]   #> 900 | pandas cov 890
                self.cache[name] = covariance @ weights                      #> 20`,
      },
      {
        name: 'a function called in a loop, in a file, always with the same',
        at: 'engine.py:2',
        cells: [
          buildCell({
            source: 'recommend(users, profiles, events)',
            lines: heatedLines(ENGINE, 'engine.py'),
          }),
        ],
        readText: () => ENGINE,
      },
    ],
    silent: [
      {
        name: 'it depends on the loop',
        code: `for name in names:
    covariance = returns[name].cov(other)   #> 900 | pandas cov 890`,
      },
      {
        name: 'what it uses changes in the loop',
        code: `for i in range(100):
    state = advance(state, step)   #> 900
    other = advance(state, step)   #> 900`,
      },
      {
        name: 'random numbers',
        code: `for i in range(100):
    noise = rng.normal(0, 1, size)   #> 900 | numpy normal 890`,
      },
      {
        name: 'a message each time',
        code: `while running:
    answer = connection.recv(size)   #> 900`,
      },
      { name: 'outside of a loop', code: `covariance = returns.cov()   #> 900 | pandas cov 890` },
    ],
  },
  {
    rule: 'sort-in-loop',
    fires: [
      {
        name: 'what grows is sorted each turn',
        at: '[1]:4',
        code: `candidates = []
for product in products:
    candidates.append(product)
    candidates = sorted(candidates, key=score)   #> 900`,
      },
    ],
    silent: [
      {
        name: 'another list each turn',
        code: `for user in users:
    ranked = sorted(scores[user])   #> 900`,
      },
      { name: 'once', code: `ranked = sorted(candidates, key=score)   #> 900` },
      {
        name: 'made anew in the loop',
        code: `for user in users:
    found = search(user)    #> 10
    found.sort()            #> 900`,
      },
    ],
  },
];
