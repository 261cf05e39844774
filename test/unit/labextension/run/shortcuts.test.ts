/** Our keys against those of the JupyterLab and the Notebook that are installed here. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../../..');
const SCHEMAS = `${ROOT}/.venv/share/jupyter/lab/schemas`;

interface Shortcut {
  readonly command: string;
  readonly keys?: readonly string[];
  readonly macKeys?: readonly string[];
  readonly linuxKeys?: readonly string[];
  readonly winKeys?: readonly string[];
}

function chords(file: string): { readonly command: string; readonly chord: string }[] {
  const { 'jupyter.lab.shortcuts': shortcuts = [] } = JSON.parse(readFileSync(file, 'utf8')) as {
    'jupyter.lab.shortcuts'?: readonly Shortcut[];
  };
  return shortcuts.flatMap(({ command, ...keys }) =>
    [keys.keys, keys.macKeys, keys.linuxKeys, keys.winKeys]
      .filter(chord => chord !== undefined && chord.join('') !== '')
      .map(chord => ({ command, chord: (chord ?? []).map(inOneOrder).join(' , ') })),
  );
}

/** `Accel` is Ctrl, or Cmd on a Mac, where Ctrl is a key of its own: taken as one, to be safe. */
const inOneOrder = (stroke: string): string =>
  stroke.replace('Accel', 'Ctrl').split(' ').sort().join('+').toLowerCase();

it.skipIf(!existsSync(SCHEMAS))(
  'clash with no key of JupyterLab or Notebook, nor begin with one',
  () => {
    const theirs = readdirSync(SCHEMAS, { encoding: 'utf8', recursive: true })
      .filter(name => name.endsWith('.json') && !name.startsWith('jupyterlab-pyperf'))
      .flatMap(name => chords(`${SCHEMAS}/${name}`));
    expect(theirs.length).toBeGreaterThan(100);
    const clashes = chords(`${ROOT}/labextension/schema/plugin.json`).flatMap(
      ({ command, chord }) =>
        theirs
          .filter(
            other =>
              `${other.chord} , `.startsWith(`${chord} , `) ||
              `${chord} , `.startsWith(`${other.chord} , `),
          )
          .map(other => `${command} (${chord}) and ${other.command} (${other.chord})`),
    );
    expect(clashes).toEqual([]);
  },
);
