/** One stream of chance. Streams are derived from the run's seed by name, so that variants share the rest. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
}

/** Uniform integer in 0 .. bound - 1. */
export function randomBelow(random: Random, bound: number): number {
  return Math.floor(random.next() * bound);
}

/** Fisher-Yates, in place. */
export function shuffle<T>(random: Random, items: T[]): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = randomBelow(random, i + 1);
    const swapped = items[i] as T;
    items[i] = items[j] as T;
    items[j] = swapped;
  }
  return items;
}

/** `count` different items drawn uniformly, in random order; all of them when there are fewer. */
export function sample<T>(random: Random, items: readonly T[], count: number): T[] {
  const pool = items.slice();
  const size = Math.min(count, pool.length);
  for (let i = 0; i < size; i++) {
    const j = i + randomBelow(random, pool.length - i);
    const swapped = pool[i] as T;
    pool[i] = pool[j] as T;
    pool[j] = swapped;
  }
  pool.length = size;
  return pool;
}
