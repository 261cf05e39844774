/** Rows as the text of a CSV file that no spreadsheet takes for a program. */
import Papa from 'papaparse';

/**
 * A text that begins like this gets an apostrophe in front, so that no spreadsheet runs it. Numbers are left alone;
 * see https://owasp.org/www-community/attacks/CSV_Injection.
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

export const csvText = (
  fields: readonly string[],
  data: readonly (readonly (string | number | boolean)[])[],
): string =>
  `${Papa.unparse({ fields: [...fields], data: data.map(row => [...row]) }, { newline: '\n', escapeFormulae: FORMULA })}\n`;
