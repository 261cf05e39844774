/** Which package a file is of. */

/** The last `node_modules` counts: a package inside a package. */
const PACKAGE = /^.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/;

/** @returns undefined for a file that is of none. */
export const packageOf = (path: string): string | undefined => PACKAGE.exec(path)?.[1];

/** tslab and its compiler are to its cells what Node is. */
export const isTslabs = (name: string): boolean => name === 'tslab' || name.startsWith('@tslab');
