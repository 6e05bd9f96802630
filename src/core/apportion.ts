/**
 * Whole numbers that add up to `total` and are as near to `shares` of it as can be: each gets what is whole of its share, the
 * largest remainders one more (Hamilton's method), the first among equals. The shares add up to 1.
 */
export function apportion(shares: readonly number[], total: number): number[] {
  const counts = shares.map((share) => Math.floor(share * total));
  const remainders = shares.map((share, at) => share * total - (counts[at] as number));
  const order = shares.map((_, at) => at);
  order.sort((a, b) => (remainders[b] as number) - (remainders[a] as number) || a - b);
  const missing = total - counts.reduce((sum, count) => sum + count, 0);
  for (const at of order.slice(0, missing)) counts[at] = (counts[at] as number) + 1;
  return counts;
}
