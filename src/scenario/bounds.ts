/** Deeper than any scenario. */
const MAX_DEPTH = 50;
/** A million arrival times and more. */
const MAX_VALUES = 2_000_000;

/**
 * Why a tree of plain values is more than a scenario could be, or undefined. What aliases repeat counts each time, as the
 * schema will look at it each time; a list that contains itself is endlessly deep.
 */
export function excess(root: unknown): string | undefined {
  const stack: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 0 }];
  let values = 0;
  while (stack.length > 0) {
    const { value, depth } = stack.pop() as (typeof stack)[number];
    values++;
    if (typeof value !== "object" || value === null) continue;
    if (depth > MAX_DEPTH) return "lists and mappings are nested too deeply, or in themselves";
    const inner = Array.isArray(value) ? value : Object.values(value);
    if (values + stack.length + inner.length > MAX_VALUES) {
      return `the file has more than ${MAX_VALUES} values, with what aliases (*name) repeat`;
    }
    for (const one of inner) stack.push({ value: one, depth: depth + 1 });
  }
  return undefined;
}
