/** The agent's files as one piece of code that runs in the kernel without leaving a name in the user's namespace. */
import attached from './agent/attached.py';
import core from './agent/core.py';
import counters from './agent/counters.py';
import containers from './agent/evidence/containers.py';
import drivers from './agent/evidence/drivers.py';
import explain from './agent/evidence/explain.py';
import explainPostgres from './agent/evidence/explain_postgres.py';
import explainSqlite from './agent/evidence/explain_sqlite.py';
import imports from './agent/evidence/imports.py';
import opens from './agent/evidence/opens.py';
import patches from './agent/evidence/patches.py';
import places from './agent/evidence/places.py';
import requests from './agent/evidence/requests.py';
import servers from './agent/evidence/servers.py';
import session from './agent/evidence/session.py';
import statements from './agent/evidence/statements.py';
import telemetry from './agent/evidence/telemetry.py';
import fallback from './agent/fallback.py';
import introspection from './agent/introspection.py';
import libraries from './agent/libraries.py';
import marksPage from './agent/marks_page.py';
import shapes from './agent/shapes.py';
import sizes from './agent/sizes.py';
import target from './agent/target.py';
import trace from './agent/trace.py';
import variables from './agent/variables.py';
import waiting from './agent/waiting.py';

/** Joined in this order: each file may use the names of those before it. */
const FILES = [
  introspection,
  shapes,
  libraries,
  sizes,
  variables,
  trace,
  waiting,
  fallback,
  counters,
  target,
  marksPage,
  core,
];
/** The same for what is compiled with the first profiled cell. */
const EVIDENCE = [
  places,
  patches,
  imports,
  statements,
  requests,
  opens,
  containers,
  explain,
  explainSqlite,
  explainPostgres,
  drivers,
  servers,
  telemetry,
  session,
];

export interface AgentConfig {
  /** File of the marks page, see `marks-page.ts`. */
  readonly page: string;
  readonly slots: number;
  /** The connection file that Jupyter wrote. */
  readonly connectionFile: string;
  /** Shown by `%%pyperf?`. */
  readonly help: string;
}

/** Code for a silent `execute_request`. */
export function agentCode(config: AgentConfig): string {
  const source = [...FILES, '_pyperf_main(_CONFIG)'].join('\n');
  return `exec(compile(${pythonString(source)}, '<pyperf agent>', 'exec'), {'__name__': 'pyperf_agent', '_CONFIG': __import__('json').loads(${pythonString(JSON.stringify(toldTo(config)))})})`;
}

/** For a kernel that was started without the hook: the text, and what it takes as `_CONFIG`. */
export const agentToAttach = (config: AgentConfig) => ({
  source: [...FILES, attached].join('\n'),
  config: toldTo(config),
});

const toldTo = (config: AgentConfig) => ({ ...config, evidence: EVIDENCE.join('\n') });

/** JSON's escapes are Python's, but for characters beyond the basic plane, which JSON writes as they are anyway. */
const pythonString = (text: string): string => JSON.stringify(text);
