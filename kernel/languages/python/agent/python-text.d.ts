/** Python files are bundled as their text: esbuild's and vitest's loaders for `.py`. */
declare module '*.py' {
  const text: string;
  export default text;
}
