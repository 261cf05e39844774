/** The style sheets of all parts. They come with the first of their views and not with JupyterLab, whose start stays short. */
import css from '../../style/index.css?text';

let added = false;

/** Puts them into the page, once. */
export function addStyles(): void {
  if (added) return;
  added = true;
  const style = document.createElement('style');
  style.dataset['pyperf'] = 'styles';
  style.textContent = css;
  document.head.append(style);
}
