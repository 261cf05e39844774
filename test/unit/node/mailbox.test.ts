import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  createMailbox,
  MailboxReader,
  MailboxWriter,
} from '../../../kernel/languages/node/mailbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'pyperf-mailbox-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function pair(): { writer: MailboxWriter; reader: MailboxReader } {
  const path = join(folder, String(count++));
  return { writer: new MailboxWriter(createMailbox(path)), reader: new MailboxReader(path) };
}

test('finds what was put, the newest under a key', () => {
  const { writer, reader } = pair();
  writer.put('a', 'first');
  writer.put('b', 'ünïcode');
  writer.put('a', 'second');
  expect(reader.find('a')).toBe('second');
  expect(reader.find('b')).toBe('ünïcode');
  expect(reader.find('c')).toBeUndefined();
});

test('forgets the oldest keys, and never gives one cell what another wrote', () => {
  const { writer, reader } = pair();
  for (let i = 0; i < 500; i++) writer.put(`cell ${i}`, `text ${i}`);
  expect(reader.find('cell 0')).toBeUndefined();
  for (let i = 440; i < 500; i++) expect(reader.find(`cell ${i}`)).toBe(`text ${i}`);
});

test('gives nothing rather than a text that was written over', () => {
  const { writer, reader } = pair();
  const long = 'x'.repeat(7_000_000);
  writer.put('old', 'mine');
  for (let i = 0; i < 6; i++) writer.put('new', long);
  expect(reader.find('old')).toBeUndefined();
  expect(reader.find('new')).toBe(long);
});
