/** Rules about texts, lists and other collections. */
import type { RuleCase } from './case.ts';

export const textCases: readonly RuleCase[] = [
  {
    rule: 'string-building',
    fires: [
      {
        name: 'an attribute',
        at: '[1]:6',
        code: `class Report:
    def __init__(self, title):
        self.content = title + "\\n"
    def add(self, rows):
        for row in rows:
            self.content = self.content + LINE % tuple(row)   #> 900`,
      },
      {
        name: 'a name',
        at: '[1]:3',
        code: `html = ""
for row in rows:
    html += f"<td>{row}</td>"   #> 900`,
      },
    ],
    silent: [
      {
        name: 'a number',
        code: `total = 0
for row in rows:
    total += row["price"]   #> 900`,
      },
      {
        name: 'joined',
        code: `pieces = []
for row in rows:
    pieces.append(f"<td>{row}</td>")   #> 900
html = "".join(pieces)                 #> 20`,
      },
    ],
  },
  {
    rule: 'list-membership',
    fires: [
      {
        name: 'a list made here',
        at: '[1]:3',
        code: `seen = []
for item in items:
    if item not in seen:     #> 900
        seen.append(item)    #> 10`,
      },
    ],
    silent: [
      {
        name: 'a set',
        code: `seen = set()
for item in items:
    if item not in seen:     #> 900
        seen.add(item)`,
      },
      {
        name: 'nobody knows what',
        code: `for item in items:
    if item in wanted:     #> 900
        use(item)`,
      },
    ],
  },
  {
    rule: 'regex-in-loop',
    fires: [
      {
        name: 'compiled each turn',
        at: '[1]:2',
        code: `for line in lines:
    pattern = re.compile(r"\\d+-\\w+")   #> 900 | re compile 850`,
      },
    ],
    silent: [
      {
        name: 'compiled once',
        code: `pattern = re.compile(r"\\d+")   #> 900 | re compile 890
for line in lines:
    pattern.search(line)   #> 500`,
      },
      {
        name: 'another pattern each turn',
        code: `for word in words:
    re.search(word, text)   #> 900 | re search 890`,
      },
    ],
  },
  {
    rule: 'list-as-queue',
    fires: [
      {
        name: 'pop(0)',
        at: '[1]:2',
        code: `while queue:
    node = queue.pop(0)   #> 900`,
      },
    ],
    silent: [
      { name: 'pop()', code: `while stack:\n    node = stack.pop()   #> 900` },
      { name: 'once', code: `first = queue.pop(0)   #> 900` },
    ],
  },
  {
    rule: 'slow-serialisation',
    fires: [
      {
        name: 'an encoder',
        at: '[1]:1',
        code: `body = json.dumps(tasks, indent=2)   #> 900 | json dumps 850`,
      },
    ],
    silent: [
      { name: 'a fast encoder', code: `body = orjson.dumps(tasks)   #> 900` },
      {
        name: 'little of the line',
        code: `body = json.dumps(compute(tasks))   #> 900 | json dumps 40`,
      },
    ],
  },
  {
    rule: 'np-vectorize',
    fires: [
      {
        name: 'called with an array',
        at: '[1]:2',
        code: `score = np.vectorize(lambda x: x * 2 if x > 0 else 0)
result = score(values)   #> 900 | numpy vectorize.__call__ 890`,
      },
    ],
    silent: [{ name: 'a function of arrays', code: `result = score(values)   #> 900` }],
  },
  {
    rule: 'object-dtype',
    fires: [
      {
        name: 'astype',
        at: '[1]:1',
        code: `df["id"] = df["id"].astype(object)   #> 900 | pandas NDFrame.astype 890`,
      },
    ],
    silent: [
      {
        name: 'numbers',
        code: `df["id"] = df["id"].astype("int32")   #> 900 | pandas NDFrame.astype 890`,
      },
    ],
  },
];
