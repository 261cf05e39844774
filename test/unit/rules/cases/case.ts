/** What a case is. */
import type { Cell } from '../../../../src/profile/index.ts';
import type { FindOptions } from '../../../../src/rules/index.ts';
import type { CellOptions } from '../../../support/profiles.ts';

interface Example extends FindOptions {
  readonly name: string;
  /** Heated code of one cell (test/support/heated.ts), or whole cells. */
  readonly code?: string;
  readonly cells?: readonly Cell[];
  readonly cell?: CellOptions;
}

export interface RuleCase {
  readonly rule: string;
  readonly fires: readonly (Example & { readonly at: string })[];
  readonly silent: readonly Example[];
}
