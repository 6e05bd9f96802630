/**
 * Jain's fairness index: (sum x)² / (n sum x²). 1 when all have the same, 1/n when one has everything; null when nobody has
 * anything (Jain, Chiu and Hawe, DEC-TR-301, 1984). Values are 0 or more.
 */
export function jain(values: readonly number[]): number | null {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return squares === 0 ? null : (sum * sum) / (values.length * squares);
}

/** How long a peer unchoked the peers of a class, and how many there are, itself not among them. */
export interface UnchokeTime {
  readonly class: string;
  readonly peers: number;
  /** Seconds, summed over them. */
  readonly seconds: number;
}

/**
 * Whether a peer of the class `own` unchokes its like: the time that a peer of its class had of it, over the sum of those times
 * of all classes. 1 over the number of classes is no preference, 1 is no other class; null when it unchoked nobody (Legout,
 * Liogkas, Kohler and Zhang, SIGMETRICS 2007).
 */
export function clusteringIndex(own: string, times: readonly UnchokeTime[]): number | null {
  let sum = 0;
  let ownTime = 0;
  for (const { class: name, peers, seconds } of times) {
    if (peers === 0) continue;
    const time = seconds / peers;
    sum += time;
    if (name === own) ownTime += time;
  }
  return sum === 0 ? null : ownTime / sum;
}
