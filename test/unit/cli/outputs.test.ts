import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject, JupyterMessage } from '../../../kernel/wire/message.ts';
import { Session } from '../../../kernel/wire/session.ts';
import { createSigner } from '../../../kernel/wire/signer.ts';
import type { Cell } from '../../../src/cli/notebook/model.ts';
import { OutputBook } from '../../../src/cli/run/outputs.ts';
import { WidgetStore } from '../../../src/cli/run/widgets.ts';

const session = new Session(createSigner(''));

function published(type: string, content: JsonObject, parentId = 'request-1'): JupyterMessage {
  return session.message(type, content, { parent: { msg_id: parentId } });
}
const stream = (name: string, text: string) => published('stream', { name, text });
const display = (text: string, displayId?: string, type = 'display_data') =>
  published(type, {
    data: { 'text/plain': text },
    metadata: {},
    ...(displayId !== undefined && { transient: { display_id: displayId } }),
  });
const newCell = (): Cell => ({ cell_type: 'code', source: '', metadata: {}, outputs: [] });

/** `out: text` for streams, the plain text for displays. */
const shown = (cell: Cell): string[] =>
  (cell.outputs ?? []).map(output => {
    switch (output.output_type) {
      case 'stream':
        return `${output.name}: ${String(output.text)}`;
      case 'display_data':
      case 'execute_result':
        return String(output.data['text/plain']);
      case 'error':
        return `${output.ename}: ${output.evalue}`;
    }
  });

let book: OutputBook;
let cell: Cell;
beforeEach(() => {
  book = new OutputBook(() => undefined);
  cell = newCell();
});

describe('streams', () => {
  it('joins neighbours of one name', () => {
    for (const text of ['a', 'b\n']) book.take(cell, stream('stdout', text));
    book.take(cell, stream('stderr', 'oh'));
    book.take(cell, stream('stdout', 'c'));
    expect(shown(cell)).toEqual(['stdout: ab\n', 'stderr: oh', 'stdout: c']);
  });

  it('does not join across another output', () => {
    book.take(cell, stream('stdout', 'a'));
    book.take(cell, display('x'));
    book.take(cell, stream('stdout', 'b'));
    expect(shown(cell)).toEqual(['stdout: a', 'x', 'stdout: b']);
  });
});

describe('display ids', () => {
  it('updates a display of an earlier cell, wherever it was shown', () => {
    const later = newCell();
    book.take(cell, display('old', 'q'));
    book.take(cell, display('other', 'r'));
    book.take(later, display('update', 'q', 'update_display_data'));
    expect(shown(cell)).toEqual(['update', 'other']);
    expect(shown(later)).toEqual([]);
  });

  it('a second display of the same id changes the first too', () => {
    const later = newCell();
    book.take(cell, display('one', 'q'));
    book.take(later, display('two', 'q'));
    expect(shown(cell)).toEqual(['two']);
    expect(shown(later)).toEqual(['two']);
  });

  it('forgets a display that was cleared', () => {
    book.take(cell, display('one', 'q'));
    book.take(cell, published('clear_output', { wait: false }));
    book.take(cell, display('late', 'q', 'update_display_data'));
    expect(shown(cell)).toEqual([]);
  });

  it('takes a null transient as none', () => {
    book.take(cell, published('display_data', { data: { a: 1 }, metadata: {}, transient: null }));
    expect(cell.outputs).toHaveLength(1);
  });
});

describe('clear_output', () => {
  it('clears at once without wait', () => {
    book.take(cell, stream('stdout', 'a'));
    book.take(cell, published('clear_output', { wait: false }));
    expect(shown(cell)).toEqual([]);
  });

  it('with wait keeps the old output until the next comes', () => {
    book.take(cell, stream('stdout', 'a'));
    book.take(cell, published('clear_output', { wait: true }));
    expect(shown(cell)).toEqual(['stdout: a']);
    book.take(cell, stream('stdout', 'b'));
    expect(shown(cell)).toEqual(['stdout: b']);
  });

  it('a wait at the end of a cell clears nothing of the next', () => {
    const later = newCell();
    book.take(cell, published('clear_output', { wait: true }));
    book.take(later, stream('stdout', 'b'));
    book.take(later, stream('stdout', 'c'));
    expect(shown(later)).toEqual(['stdout: bc']);
  });
});

it('keeps an error with its traceback, and nothing for messages that are no output', () => {
  book.take(cell, published('error', { ename: 'E', evalue: 'v', traceback: ['1', '2'] }));
  book.take(cell, published('execute_input', { code: 'x', execution_count: 1 }));
  expect(cell.outputs).toEqual([
    { ename: 'E', evalue: 'v', output_type: 'error', traceback: ['1', '2'] },
  ]);
});

describe('widgets', () => {
  const state = (extra: JsonObject = {}) => ({
    _model_module: '@jupyter-widgets/output',
    _model_name: 'OutputModel',
    _model_module_version: '1.0.0',
    outputs: [],
    msg_id: '',
    ...extra,
  });
  const open = published('comm_open', {
    comm_id: 'w',
    target_name: 'jupyter.widget',
    data: { state: state() },
  });
  const update = (changes: JsonObject) =>
    published('comm_msg', { comm_id: 'w', data: { method: 'update', state: changes } });

  it('an Output widget takes the outputs between its two messages', () => {
    const sent: unknown[] = [];
    const store = new WidgetStore((id, data) => sent.push([id, data]));
    book = new OutputBook(id => store.sinkFor(id));
    store.take(open);
    store.take(update({ msg_id: 'request-1' }));
    book.take(cell, stream('stdout', 'in'));
    book.take(cell, stream('stdout', 'side'));
    store.take(update({ msg_id: '' }));
    book.take(cell, stream('stdout', 'out'));

    expect(shown(cell)).toEqual(['stdout: out']);
    const outputs = [{ name: 'stdout', output_type: 'stream', text: 'inside' }];
    expect(sent.at(-1)).toEqual(['w', { method: 'update', state: { outputs }, buffer_paths: [] }]);
    expect(JSON.stringify(store.metadata())).toContain('"text":"inside"');
  });

  it('stores the last state of every model, with its buffers', () => {
    const store = new WidgetStore(() => undefined);
    store.take(open);
    const withBuffer = session.message(
      'comm_msg',
      { comm_id: 'w', data: { state: { value: 2 }, buffer_paths: [['x', 0]] } },
      { buffers: [Buffer.from('hi')] },
    );
    store.take(withBuffer);
    store.take(published('comm_open', { comm_id: 'no-model', data: { state: {} } }));
    const { state: states } = store.metadata()?.['application/vnd.jupyter.widget-state+json'] as {
      state: Record<string, unknown>;
    };
    expect(Object.keys(states)).toEqual(['w']);
    expect(states['w']).toMatchObject({
      model_name: 'OutputModel',
      state: { value: 2 },
      buffers: [{ data: 'aGk=', encoding: 'base64', path: ['x', 0] }],
    });
  });

  it('has no metadata without widgets', () => {
    expect(new WidgetStore(() => undefined).metadata()).toBeUndefined();
  });
});
