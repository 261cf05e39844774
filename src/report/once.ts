/**
 * Parts of a report that are made when somebody asks for them: a report of a thousand cells is looked at cell by cell,
 * and its list wants none of that.
 */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
