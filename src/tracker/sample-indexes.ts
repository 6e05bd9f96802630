import { type Random, randomBelow, shuffle } from "../core/random.ts";

/**
 * `count` different integers below `bound`, every choice and every order as likely as another, in O(count). Floyd's
 * algorithm: the i-th draw is of one more number than the draw before, and takes the newest in place of one that is taken.
 * It favours late places for large numbers, so a shuffle ends it.
 */
export function sampleIndexes(random: Random, bound: number, count: number): number[] {
  const taken = new Set<number>();
  for (let next = Math.max(0, bound - count); next < bound; next++) {
    const drawn = randomBelow(random, next + 1);
    taken.add(taken.has(drawn) ? next : drawn);
  }
  return shuffle(random, [...taken]);
}
