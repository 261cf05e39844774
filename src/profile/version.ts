/** The format's version, and the type under which a notebook's outputs carry it. Change together with `upgrade.ts`. */
export const SCHEMA_VERSION = 1;
export const PROFILE_MIME_TYPE = 'application/vnd.pyperf.v1+json';
