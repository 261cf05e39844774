/** The style sheet of the views. It comes with them and not with JupyterLab, whose start is to stay short. */
import css from '../../style/views.css?text';

let added = false;

/** Puts it into the page, once. */
export function addStyles(): void {
  if (added) return;
  added = true;
  const style = document.createElement('style');
  style.dataset['pyperf'] = 'views';
  style.textContent = css;
  document.head.append(style);
}
