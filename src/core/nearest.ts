/** The word of `words` that `word` was probably meant to be, or undefined when none is close. Letter case is ignored. */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  let best: string | undefined;
  // One slip in three letters, and two in a short word: transposed letters count as two.
  let limit = Math.max(2, Math.floor(word.length / 3));
  for (const candidate of words) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance > limit || distance >= Math.max(word.length, candidate.length)) continue;
    if (best !== undefined && distance === limit) continue;
    best = candidate;
    limit = distance;
  }
  return best;
}

/** Levenshtein: the fewest letters to insert, delete or replace. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
