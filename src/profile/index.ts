/** The profile's vocabulary: everything else imports it from here. */
export * from './schema.ts';
export * from './units.ts';
