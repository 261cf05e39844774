/** The kernelspec's `kernel.json`, as far as the hook needs it. */
export interface KernelSpec {
  readonly name: string;
  readonly dir: string;
  readonly argv: readonly string[];
  readonly language: string;
  readonly env: Readonly<Record<string, string>>;
  readonly interruptMode: 'signal' | 'message';
}
