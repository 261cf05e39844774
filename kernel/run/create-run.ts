/** Puts the parts of a run together around a kernel that is up. */
import { Session, type Signer } from '../wire/index.ts';
import { readEnvironment, SamplingClient } from '../sampling/index.ts';
import type { KernelInfo, KernelSpec, LanguageSession } from '../languages/adapter.ts';
import type { ProxyLink } from '../proxy/tap.ts';
import { FindingsClient } from '../findings/client.ts';
import { CellMeasurer } from './measure.ts';
import { Recorder } from './recorder.ts';
import { Run } from './run.ts';

export interface RunParts {
  readonly link: ProxyLink;
  readonly signer: Signer;
  readonly spec: KernelSpec;
  readonly info: KernelInfo;
  readonly language: LanguageSession;
  readonly kernelPid: number;
  /** What is missing and why, a sentence each, beside the language's own. */
  readonly notes: readonly string[];
  readonly version: string;
  /** Every cell's figures go with the message that ends it. */
  readonly tellsFigures: boolean;
  readonly log: (line: string) => void;
}

export function createRun(parts: RunParts): Run {
  const { link, signer, spec, info, language, kernelPid, version, tellsFigures, log } = parts;
  const sampling = new SamplingClient({ onProblem: log });
  const environment = readEnvironment(version);
  const notes = [...environment.notes, ...language.notes, ...parts.notes];
  const recorder = new Recorder(
    {
      // Jupyter's server tells a kernel the path of its notebook in this variable.
      path: process.env['JPY_SESSION_NAME'] ?? null,
      kernelName: spec.name,
      language: info.language,
      languageVersion: language.languageVersion,
    },
    { ...environment, notes },
  );
  // The worker loads while the user is still typing: a first short cell is then measured in full.
  sampling.warm();
  const measurer = new CellMeasurer(sampling, language, kernelPid);
  measurer.rehearse();
  return new Run({
    findings: new FindingsClient(),
    link,
    session: new Session(signer),
    language,
    measurer,
    recorder,
    version,
    tellsFigures,
    log,
  });
}
