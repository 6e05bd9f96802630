/** `cells`, or a larger copy of it that holds at least `length`. Grows by half, so that appending stays linear. */
export function growFloat64(
  cells: Float64Array<ArrayBuffer>,
  length: number,
): Float64Array<ArrayBuffer> {
  if (length <= cells.length) return cells;
  const grown = new Float64Array(largest(length, cells.length));
  grown.set(cells);
  return grown;
}

/** As `growFloat64`. */
export function growInt32(cells: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= cells.length) return cells;
  // An even number, so that the same memory can be seen as 64-bit cells.
  const grown = new Int32Array(2 * Math.ceil(largest(length, cells.length) / 2));
  grown.set(cells);
  return grown;
}

/** As `growFloat64`. */
export function growUint8(cells: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  if (length <= cells.length) return cells;
  const grown = new Uint8Array(largest(length, cells.length));
  grown.set(cells);
  return grown;
}

function largest(length: number, before: number): number {
  return Math.max(length, before + (before >> 1), 64);
}
