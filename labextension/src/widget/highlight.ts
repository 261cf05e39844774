/** Code in JupyterLab's own colours, taken from its highlighter as tokens. */
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { splitTokens, type Highlight, type Token } from '../views/lines/tokens.ts';

export const highlighter =
  (languages: IEditorLanguageRegistry): Highlight =>
  async (code, language) => {
    const box = document.createElement('div');
    await languages.highlight(code, languages.findByName(language), box);
    const tokens = Array.from(box.childNodes, (node): Token => ({
      text: node.textContent ?? '',
      className: node instanceof Element ? node.className : '',
    }));
    return splitTokens(tokens);
  };
