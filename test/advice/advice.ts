/** What is tried: code that a rule finds fault with, and the same after its advice. */
export interface Advice {
  readonly rule: string;
  /** Runs once before. */
  readonly setup: string;
  /** Leaves its result in `slow`. */
  readonly slow: string;
  /** Leaves its result in `advised`. */
  readonly advised: string;
  /** An expression that is true when both have the same result. */
  readonly same: string;
}
