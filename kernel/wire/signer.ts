/** Signatures of the Jupyter wire protocol: HMAC over the four dictionaries, hexadecimal; empty without a key. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Signer {
  sign(dictionaries: readonly Buffer[]): Buffer;
  verify(signature: Buffer, dictionaries: readonly Buffer[]): boolean;
}

const UNSIGNED: Signer = { sign: () => Buffer.alloc(0), verify: () => true };

/**
 * @param scheme the connection file's `signature_scheme`, `hmac-sha256` for every kernel known today.
 * @throws Error when the scheme is not an HMAC that Node's crypto has.
 */
export function createSigner(key: string, scheme = 'hmac-sha256'): Signer {
  if (key === '') return UNSIGNED;
  const algorithm = /^hmac-(\w+)$/.exec(scheme)?.[1];
  if (algorithm === undefined) throw new Error(`unknown signature scheme "${scheme}"`);
  const sign = (dictionaries: readonly Buffer[]): Buffer => {
    const hmac = createHmac(algorithm, key);
    for (const dictionary of dictionaries) hmac.update(dictionary);
    return Buffer.from(hmac.digest('hex'));
  };
  sign([]); // an unknown algorithm throws now, not at the first message
  return {
    sign,
    verify: (signature, dictionaries) => {
      const expected = sign(dictionaries);
      return signature.length === expected.length && timingSafeEqual(signature, expected);
    },
  };
}
