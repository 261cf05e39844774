/** What attribution must know of a language: whose code a frame is, and what its lines say. */
import type { Source } from '../../../src/profile/index.ts';
import type { Frame } from '../../sampling/stacks.ts';

/** Whose code a file holds. */
export type FileOrigin =
  /** A cell's line is the frame's line plus `lineOffset`; code that a kernel puts below it counts for `lastLine`. */
  | {
      readonly kind: 'cell';
      readonly executionCount: number;
      readonly lineOffset: number;
      readonly lastLine?: number | undefined;
    }
  /** The user's own file, under the name to show. */
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'library'; readonly package: string }
  /** The language's own machinery, and code that has no file. */
  | { readonly kind: 'runtime' };

export interface FrameResolver {
  origin(file: string): FileOrigin;
  /** Text of a line of the user's code as it ran; undefined when it cannot be read. */
  text(source: Source): string | undefined;
  /**
   * Whether a thread or process of its own begins in this frame: what is outside of it is whoever started it (a forked
   * child's stack still holds the cell), or machinery.
   */
  isEntry(frame: Frame): boolean;
  /** Whether a thread whose outermost frame this is belongs to the kernel and not to the cell. */
  isHousekeeping?(frame: Frame): boolean;
  /** Whether a frame counts although none of the user's is around it, such as a garbage collector's. */
  standsAlone?(frame: Frame): boolean;
}
