/** Minor versions of CPython 3 whose layout is known: each has its file in this folder. */
export const KNOWN_MINORS: readonly number[] = [11, 12, 13, 14, 15];
