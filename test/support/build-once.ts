/** Before all tests with real kernels: builds the hook and the CLI, once for all of their processes. */
import { buildHook } from './kernels.ts';

export default function setup(): void {
  buildHook();
  process.env['HOOK_IS_BUILT'] = '1';
}
