/** The languages that PyPerf knows, asked in this order. The plain one claims whatever is left. */
import type { KernelSpec, LanguageAdapter } from './adapter.ts';
import { nodeAdapter } from './node/adapter.ts';
import { plainAdapter } from './plain/adapter.ts';
import { pythonAdapter } from './python/adapter.ts';

const ADAPTERS: readonly LanguageAdapter[] = [pythonAdapter, nodeAdapter];

export function adapterFor(spec: KernelSpec): LanguageAdapter {
  return ADAPTERS.find(adapter => adapter.claims(spec)) ?? plainAdapter;
}

export { plainAdapter };
