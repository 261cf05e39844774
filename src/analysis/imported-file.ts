/** Tells what imports read, files of packages and of the language itself, from the user's own files. Pure. */

const IMPORTED =
  /[\\/](?:site-packages|dist-packages|node_modules|__pycache__)[\\/]|[\\/]lib[\\/]python\d/;

export const isImportedFile = (path: string): boolean =>
  IMPORTED.test(path) || path.endsWith('.pyc');
