/**
 * The function, computed once for each object that it is asked of: many rules ask the same of one situation. It is a
 * cache and no more: an interpreter of the table may do without.
 */
export function remembered<T extends object, R>(compute: (about: T) => R): (about: T) => R {
  const results = new WeakMap<T, { readonly result: R }>();
  return (about) => {
    const found = results.get(about);
    if (found !== undefined) return found.result;
    const result = compute(about);
    results.set(about, { result });
    return result;
  };
}
