/** Rules about work that is repeated, copied, or done on one core. */
import { buildVariable } from '../../../support/profiles.ts';
import type { RuleCase } from './case.ts';

const TRAIN = `BATCH = 4
for images, wanted in batches(folder, labels, BATCH):   #> 0/600
    model.partial_fit(images, wanted)                   #> 3000 | sklearn MLP.partial_fit 2990`;

export const workCases: readonly RuleCase[] = [
  {
    rule: 'repeated-scan',
    fires: [
      {
        name: 'a mask, below a loop over kinds',
        at: '[1]:4',
        code: `def analyse(events, users):
    for user in users:
        for kind in ("view", "cart"):
            history = events[events["user"] == user]                       #> 900 | pandas DataFrame.__getitem__ 890
            found[kind] = history.loc[history["kind"] == kind, "product"]  #> 100
analyse(events, users)   #> 0/1000`,
      },
      {
        name: 'a list searched by a function that a loop calls',
        at: '[1]:2',
        code: `def of_user(orders, user):
    return [order for order in orders if order.user == user]   #> 900
for user in users:
    totals[user] = of_user(orders, user)   #> 10/910`,
      },
    ],
    silent: [
      {
        name: 'once',
        code: `history = events[events["user"] == 7]   #> 900 | pandas DataFrame.__getitem__ 890`,
      },
      {
        name: 'another table each turn',
        code: `for path in paths:
    events = load(path)                 #> 100
    recent = events[events["day"] > 5]  #> 900 | pandas DataFrame.__getitem__ 890`,
      },
      {
        name: 'what is found is drawn, and that takes the time',
        code: `for label, colour in zip("abc", colours):
    ax.hist(points[groups == label], bins=40, color=colour)   #> 900 | matplotlib Axes.hist 890`,
      },
      {
        name: 'groups',
        code: `for user, group in events.groupby("user"):   #> 300 | pandas groupby 290
    totals[user] = group["price"].sum()      #> 600 | pandas Series.sum 590`,
      },
    ],
  },
  {
    rule: 'same-call-twice',
    fires: [
      {
        name: 'a function of the user',
        at: '[1]:3',
        code: `def spectrum(image):
    return np.abs(np.fft.fft2(image))   #> 900 | numpy fft2 880
features = [np.append(spectrum(image)[:72], spectrum(image)[72:]) for image in images]   #> 50/950`,
      },
    ],
    silent: [
      {
        name: 'different arguments',
        code: `def spectrum(image):
    return np.abs(np.fft.fft2(image))   #> 900 | numpy fft2 880
both = spectrum(left) + spectrum(right)   #> 50/950`,
      },
      {
        name: 'random numbers',
        code: `both = rng.normal(size) + rng.normal(size)   #> 900 | numpy normal 890`,
      },
      { name: 'small beside the rest', code: `result = work(len(xs)) + other(len(xs))   #> 900` },
    ],
  },
  {
    rule: 'copy-in-loop',
    fires: [
      {
        name: 'deepcopy of all in each turn',
        at: '[1]:3',
        code: `def accuracy(model, images):
    for start in range(0, len(images), 2):
        pictures = copy.deepcopy(images)   #> 900 | copy deepcopy 890
        model.predict(pictures[start : start + 2])   #> 100 | sklearn predict 90`,
      },
    ],
    silent: [
      { name: 'once', code: `pictures = copy.deepcopy(images)   #> 900 | copy deepcopy 890` },
      {
        name: 'what the loop brings',
        code: `for frame in frames:
    work(frame.copy())   #> 900 | pandas NDFrame.copy 890`,
      },
    ],
  },
  {
    rule: 'one-job-of-many-cores',
    fires: [
      {
        name: 'made in one line, trained in another',
        at: '[1]:2',
        code: `model = RandomForestClassifier(n_estimators=60, random_state=0)
model.fit(known, trait)   #> 3000 | sklearn ForestClassifier.fit 2990`,
      },
    ],
    silent: [
      {
        name: 'all cores',
        code: `model = RandomForestClassifier(n_estimators=60, n_jobs=-1)
model.fit(known, trait)   #> 3000 | sklearn ForestClassifier.fit 2990`,
      },
      {
        name: 'a model that has no jobs',
        code: `model = LinearSVC()
model.fit(known, trait)   #> 3000 | sklearn LinearSVC.fit 2990`,
      },
      {
        name: 'it uses cores already',
        cell: { cpuUserMs: 9000 },
        code: `model = RandomForestClassifier(n_estimators=60)
model.fit(known, trait)   #> 3000 | sklearn ForestClassifier.fit 2990`,
      },
    ],
  },
  {
    rule: 'small-batches',
    fires: [{ name: 'four', at: '[1]:2', code: TRAIN }],
    silent: [{ name: 'sixty-four', code: TRAIN.replace('= 4', '= 64') }],
  },
  {
    rule: 'data-loading-slower-than-model',
    fires: [
      {
        name: 'a generator before a model',
        at: '[1]:1',
        code: `for images, wanted in batches(folder, labels, 64):   #> 0/3000
    model.partial_fit(images, wanted)                #> 900 | sklearn MLP.partial_fit 890
other()                                              #> 3000`,
      },
    ],
    silent: [
      {
        name: 'the model takes longer',
        code: `for images, wanted in batches(folder, labels, 64):   #> 0/900
    model.partial_fit(images, wanted)                #> 3000 | sklearn MLP.partial_fit 2990`,
      },
      {
        name: 'no model',
        code: `for images in batches(folder):   #> 3000
    show(images)                #> 100`,
      },
    ],
  },
  {
    rule: 'single-core-work',
    fires: [
      {
        name: 'a function for each item',
        at: '[1]:3',
        code: `def simulate(seed):
    return walk(seed)   #> 9000 | physics step 8990
results = [simulate(seed) for seed in seeds]   #> 10/9010`,
      },
    ],
    silent: [
      {
        name: 'short',
        code: `def simulate(seed):
    return walk(seed)   #> 900 | physics step 890
results = [simulate(seed) for seed in seeds]   #> 10/910`,
      },
      {
        name: 'something better is known',
        cell: { variables: [buildVariable('df', 1e8, { shape: '200000 × 8' })] },
        code: `def total(df, seed):
    for i, row in df.iterrows():   #> 5000 | pandas DataFrame.iterrows 4990
        use(row["a"])              #> 4000 | pandas Series.__getitem__ 3990
results = [total(df, seed) for seed in seeds]   #> 10/9010`,
      },
    ],
  },
];
