/** From a path on the kernel's machine to the path that Jupyter's file browser has for it. Pure. */

/**
 * @param file absolute, as a profile names it.
 * @param notebookFile where the notebook lies on the kernel's machine, null when the hook does not know.
 * @param notebookPath the same notebook as Jupyter names it, from its own root.
 * @returns null for a file outside of Jupyter's folder, or when nobody knows where that is.
 */
export function contentsPath(
  file: string,
  notebookFile: string | null,
  notebookPath: string,
): string | null {
  if (notebookFile === null || !notebookFile.endsWith(`/${notebookPath}`)) return null;
  const root = notebookFile.slice(0, -notebookPath.length);
  return file.startsWith(root) ? file.slice(root.length) : null;
}
