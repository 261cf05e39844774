/** The JSON Schema of a profile, for those who read or write one without our code. */
import * as z from 'zod';
import { ProfileSchema, SCHEMA_VERSION } from './schema.ts';

/**
 * The reader's view: fields that it does not know are allowed, because an optional field may be added without a new
 * version. Invariants between fields cannot be told in JSON Schema; `parseProfile` checks them.
 */
export function profileJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(ProfileSchema, { io: 'input' });
  return {
    $schema,
    $id: `urn:pyperf:profile:${SCHEMA_VERSION}`,
    title: 'PyPerf profile',
    description: 'What a *.pyperf.json file and an application/vnd.pyperf.v1+json output hold.',
    ...schema,
  };
}
