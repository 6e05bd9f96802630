/** `cells`, or a larger copy of it that holds at least `length`. Grows by half, so that appending stays linear. */
export function growFloat64(
  cells: Float64Array<ArrayBuffer>,
  length: number,
): Float64Array<ArrayBuffer> {
  if (length <= cells.length) return cells;
  const grown = new Float64Array(Math.max(length, cells.length + (cells.length >> 1), 64));
  grown.set(cells);
  return grown;
}

/** As `growFloat64`. */
export function growInt32(cells: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= cells.length) return cells;
  const grown = new Int32Array(Math.max(length, cells.length + (cells.length >> 1), 64));
  grown.set(cells);
  return grown;
}

/** As `growFloat64`. */
export function growUint8(cells: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  if (length <= cells.length) return cells;
  const grown = new Uint8Array(Math.max(length, cells.length + (cells.length >> 1), 64));
  grown.set(cells);
  return grown;
}
