/** How a line comment begins, by the `language_info.name` that kernels report. Data, to be added to. */
const HASH = [
  'python',
  'r',
  'julia',
  'bash',
  'sh',
  'zsh',
  'ruby',
  'perl',
  'elixir',
  'nushell',
  'powershell',
  'coconut',
  'sage',
  'octave',
  'tcl',
  'raku',
  'gap',
  'gnuplot',
  'robotframework',
];
const DOUBLE_DASH = ['haskell', 'sql', 'lua', 'ada', 'elm', 'agda', 'sqlite'];
const SEMICOLON = ['clojure', 'scheme', 'racket', 'lisp', 'common-lisp', 'hy', 'calysto_scheme'];
const PERCENT = ['matlab', 'prolog', 'erlang', 'latex'];

const COMMENTS: ReadonlyMap<string, string> = new Map([
  ...HASH.map(language => [language, '#'] as const),
  ...DOUBLE_DASH.map(language => [language, '--'] as const),
  ...SEMICOLON.map(language => [language, ';'] as const),
  ...PERCENT.map(language => [language, '%'] as const),
]);

/** @returns `//` for languages not listed: the commonest among the rest (C, Java, JavaScript, Rust, Go, Scala, …). */
export function lineComment(language: string): string {
  return COMMENTS.get(language.toLowerCase()) ?? '//';
}
