/** Objects turned into JSON one by one, or through a slow encoder. */
import { syntaxRule } from '../rule.ts';

export const jsonInLoop = syntaxRule({
  id: 'slow-serialisation',
  title: 'Turning objects into JSON by {{function}} takes much of the time',
  advice:
    'Generic encoders look at every value. Give plain dicts and lists to a fast encoder (orjson), without indent, and send only the fields and the rows that are used.',
  example: 'import orjson\nbody = orjson.dumps(rows)     # plain dicts, no indent',
  docsUrl: 'https://fastapi.tiangolo.com/advanced/custom-response/',
  match: {
    query: `(call function: [(attribute attribute: (identifier) @function) (identifier) @function] arguments: (argument_list (_))
      (#any-of? @function "jsonable_encoder" "dumps" "dump" "model_dump" "model_dump_json" "asdict")) @place`,
    callees: '^(json|fastapi|pydantic|dataclasses|simplejson)\\b',
    calleeShare: 0.4,
  },
  specificity: 5,
  factor: 3,
  because: 'orjson is 3 to 10 times faster than json on plain objects',
});
