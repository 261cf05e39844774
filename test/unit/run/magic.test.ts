import { describe, expect, it } from 'vitest';
import { magicHelp, parseMagic } from '../../../kernel/run/magic.ts';

describe('parseMagic', () => {
  it.each(['x = 1', '%%pyperfx\n1', '# %%pyperf', 'x = "%%pyperf"', ' x\n%%pyperf', '%pyperf.on'])(
    'leaves %j alone',
    code => expect(parseMagic(code)).toBeUndefined(),
  );

  it('reads every option of the cell magic', () => {
    const line =
      '%%pyperf --rate 250 --no-lines --memory trace --label "load the data" --export a.html --compare base --quiet';
    expect(parseMagic(`${line}\nx`)).toEqual({
      lines: 1,
      action: {
        kind: 'profile',
        options: {
          rateHz: 250,
          lines: false,
          memory: 'trace',
          label: 'load the data',
          exportPath: 'a.html',
          compareWith: 'base',
          quiet: true,
        },
      },
    });
  });

  it('counts the blank lines above the magic', () => {
    expect(parseMagic('\n  \n%%pyperf\nx')?.lines).toBe(3);
  });

  it.each([
    ['%%pyperf --bogus', "unknown option '--bogus'"],
    ['%%pyperf --rate fast', "'fast' is invalid"],
    ['%%pyperf --rate 0', 'above 0'],
    ['%%pyperf --memory heap', 'Allowed choices are rss, trace'],
    ['%%pyperf extra', 'too many arguments'],
    ['%%pyperf --label', 'argument missing'],
    ['%pyperf bogus', "unknown command 'bogus'"],
    ['%pyperf export', "missing required argument 'path'"],
    ['%pyperf status now', 'too many arguments'],
  ])('refuses %j and shows the right usage', (code, problem) => {
    const action = parseMagic(code)?.action;
    if (action?.kind !== 'usage-error') throw new Error(`not refused: ${JSON.stringify(action)}`);
    expect(action.message).toContain(problem);
    expect(action.message).toContain(`Usage: ${code.split(' ')[0]}`);
  });

  it.each(['%%pyperf -h', '%%pyperf --help', '%pyperf', '%pyperf --help', '%pyperf on -h'])(
    'answers %j with help',
    code => expect(parseMagic(code)?.action).toEqual({ kind: 'help', text: magicHelp() }),
  );

  it('reads the line magics', () => {
    expect(parseMagic('%pyperf on --rate 10')?.action).toMatchObject({
      kind: 'on',
      options: { rateHz: 10, lines: true },
    });
    expect(parseMagic('%pyperf off')?.action).toEqual({ kind: 'off' });
    expect(parseMagic('%pyperf export "my report.md"')?.action).toEqual({
      kind: 'export',
      path: 'my report.md',
    });
  });
});
