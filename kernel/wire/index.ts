/** Jupyter's wire protocol: the connection file, messages and their signatures. */
export * from './channels.ts';
export * from './connection-file.ts';
export * from './kernel-spec.ts';
export * from './message.ts';
export * from './session.ts';
export * from './signer.ts';
