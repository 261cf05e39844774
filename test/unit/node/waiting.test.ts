/** What a wait is for, as far as the process can tell. */
import { describe, expect, it } from 'vitest';
import { causeOf, countKinds } from '../../../kernel/languages/node/inside/waiting.ts';

const NOTHING = countKinds([]);

describe('causeOf', () => {
  it.each([
    ['disk', ['Timeout', 'FSReqPromise']],
    ['network', ['Timeout', 'TCPSocketWrap']],
    ['wait', ['ProcessWrap']],
    ['sleep', ['Timeout']],
  ] as const)('tells %s', (cause, resources) => {
    expect(causeOf([resources], NOTHING)).toBe(cause);
  });

  it('passes over what was there before the cell', () => {
    const before = countKinds(['TTYWrap', 'TCPSocketWrap']);
    expect(causeOf([['TTYWrap', 'TCPSocketWrap']], before)).toBeUndefined();
    expect(causeOf([['TTYWrap', 'TCPSocketWrap', 'TCPSocketWrap']], before)).toBe('network');
  });

  it('believes the nearest look that tells', () => {
    expect(causeOf([[], ['FSReqCallback'], ['TCPSocketWrap']], NOTHING)).toBe('disk');
  });

  it('tells a sleep though a timer of an earlier cell was there before', () => {
    const before = countKinds(['Timeout']);
    expect(causeOf([['Timeout']], before)).toBe('sleep');
    expect(causeOf([['Timeout'], ['Timeout', 'TCPSocketWrap']], before)).toBe('network');
  });
});
