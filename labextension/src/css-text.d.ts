/** `import css from './a.css?text'` gives the sheet with what it imports, minified, as text (scripts/build-labextension.mjs). */
declare module '*.css?text' {
  const css: string;
  export default css;
}
