/** What a kernel's messages say of its cells, and what JupyterLab's own state of it does not. */
import { beforeEach, describe, expect, it } from 'vitest';
import { RunningCells } from '../../../../labextension/src/hook/running-cells.ts';

let running: RunningCells;
let changes: boolean[];

beforeEach(() => {
  running = new RunningCells();
  changes = [];
  running.changed.connect(({ any }) => changes.push(any));
});

const says = (state: string, parentType: string, parentId = 'request'): void =>
  running.hear({
    header: { msg_type: 'status' },
    parent_header: { msg_id: parentId, msg_type: parentType },
    content: { execution_state: state },
  } as unknown as Parameters<RunningCells['hear']>[0]);

describe('a kernel that runs a cell', () => {
  it('is busy with it from its first message to its last', () => {
    says('busy', 'execute_request');
    expect(running.any).toBe(true);
    says('idle', 'execute_request');
    expect(running.any).toBe(false);
    expect(changes).toEqual([true, false]);
  });

  it('goes on with it when something else is done', () => {
    says('busy', 'execute_request', 'cell');
    says('busy', 'debug_request', 'other');
    says('idle', 'debug_request', 'other');
    expect(running.any).toBe(true);
    expect(changes).toEqual([true]);
  });

  it('has cells beside each other in subshells', () => {
    says('busy', 'execute_request', 'first');
    says('busy', 'execute_request', 'second');
    says('idle', 'execute_request', 'second');
    expect(running.any).toBe(true);
  });

  it('forgets it when it goes', () => {
    says('busy', 'execute_request');
    running.clear();
    expect(running.any).toBe(false);
  });
});

describe('the hook', () => {
  it('tells a page that comes later', () => {
    running.told(true);
    says('idle', 'execute_request', 'begun before');
    expect(running.any).toBe(true);
    running.told(false);
    expect(changes).toEqual([true, false]);
  });

  it('tells a page that missed the end', () => {
    says('busy', 'execute_request');
    running.told(false);
    expect(running.any).toBe(false);
  });
});

it('passes over messages that are no answer', () => {
  running.hear({
    header: { msg_type: 'status' },
    parent_header: {},
    content: { execution_state: 'busy' },
  });
  expect(running.any).toBe(false);
});
