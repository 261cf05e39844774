/** The profile's vocabulary: everything else imports it from here. */
export * from './compact.ts';
export * from './parse.ts';
export * from './schema.ts';
export * from './serialize.ts';
export * from './unit-schemas.ts';
export * from './units.ts';
