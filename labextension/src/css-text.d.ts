/** `import css from './a.css?text'` gives the minified sheet as text (scripts/build-labextension.mjs). */
declare module '*.css?text' {
  const css: string;
  export default css;
}
