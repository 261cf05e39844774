/** Rules about DataFrames. */
import { buildVariable } from '../../../support/profiles.ts';
import type { RuleCase } from './case.ts';

const FRAME = { variables: [buildVariable('df', 1e8, { shape: '200000 × 8' })] };

export const dataFrameCases: readonly RuleCase[] = [
  {
    rule: 'dataframe-iterrows',
    fires: [
      {
        name: 'a loop',
        at: '[1]:2',
        cell: FRAME,
        code: `total = 0
for i, row in df.iterrows():                  #> 900 | pandas DataFrame.iterrows 850
    total += row["price"] * row["quantity"]   #> 600 | pandas Series.__getitem__ 500`,
      },
      {
        name: 'a list comprehension behind a progress bar, below a magic',
        at: '[1]:2',
        code: `%%pyperf
prices = [row.price * 2 for row in tqdm(df.itertuples())]  #> 900 | pandas DataFrame.itertuples 400`,
      },
    ],
    silent: [
      {
        name: 'whole columns',
        code: `df["total"] = df["price"] * df["quantity"]   #> 900 | pandas Series.__mul__ 890`,
      },
      {
        name: 'the time is in a model that each row asks',
        code: `for i, row in df.iterrows():      #> 20 | pandas DataFrame.iterrows 20
    model.predict(row)            #> 2000 | sklearn Forest.predict 1980`,
      },
      {
        name: 'cold code beside hot code',
        code: `for i, row in df.iterrows():      #> 30 | pandas DataFrame.iterrows 30
    print(row)                    #> 10
fit(df)                           #> 4000 | sklearn fit 4000`,
      },
      {
        name: 'a handful of rows',
        cell: { variables: [buildVariable('small', 1000, { shape: '12 × 3' })] },
        code: `for i, row in [small, small, small]:    #> 300
    work(row)                               #> 300`,
      },
    ],
  },
  {
    rule: 'dataframe-apply-rows',
    fires: [
      {
        name: 'a lambda',
        at: '[1]:1',
        code: `df["risk"] = df.apply(lambda row: score(row["a"], row["b"]), axis=1)  #> 1500 | pandas DataFrame.apply 1200`,
      },
      {
        name: 'a named function, whose own lines are hot',
        at: '[1]:5',
        code: `def score(row):
    if row["a"] > 0:               #> 500
        return row["a"] * row["b"] #> 700
    return 0
df["risk"] = df.apply(score, axis="columns")   #> 300/1500 | pandas DataFrame.apply 290`,
      },
    ],
    silent: [
      { name: 'by column', code: `df.apply(np.sum, axis=0)   #> 900 | pandas DataFrame.apply 900` },
      { name: 'on a Series', code: `df["a"].apply(parse)   #> 900 | pandas Series.apply 900` },
    ],
  },
  {
    rule: 'dataframe-loc-in-loop',
    fires: [
      {
        name: 'reading by label',
        at: '[1]:2',
        code: `for i in range(len(df)):
    total += df.loc[i, "price"]    #> 900 | pandas _LocIndexer.__getitem__ 870`,
      },
      {
        name: 'writing by place',
        at: '[1]:2',
        code: `for i in range(200_000):
    df.iloc[i, 3] = i * 2    #> 900 | pandas _iLocIndexer.__setitem__ 870`,
      },
    ],
    silent: [
      {
        name: 'a slice of rows',
        code: `for start in range(0, 200_000, 1000):
    work(df.iloc[start:start + 1000])   #> 900 | pandas _iLocIndexer.__getitem__ 870`,
      },
      {
        name: 'outside of a loop',
        code: `rows = df.loc[wanted, "price"]   #> 900 | pandas _LocIndexer.__getitem__ 890`,
      },
    ],
  },
  {
    rule: 'concat-in-loop',
    fires: [
      {
        name: 'a DataFrame',
        at: '[1]:4',
        code: `frames = load()
all_rows = frames[0]
for frame in frames:
    all_rows = pd.concat([all_rows, frame])   #> 900 | pandas concat 890`,
      },
      {
        name: 'an array',
        at: '[1]:3',
        code: `values = np.array([])
for i in range(100_000):
    values = np.append(values, f(i))   #> 900 | numpy append 850`,
      },
    ],
    silent: [
      {
        name: 'once, after the loop',
        code: `pieces = []
for path in paths:
    pieces.append(load(path))       #> 10/200
whole = pd.concat(pieces)           #> 900 | pandas concat 900`,
      },
      {
        name: 'a new one each turn',
        code: `for path in paths:
    pair = pd.concat([load(path), extra])   #> 900 | pandas concat 900`,
      },
    ],
  },
];
