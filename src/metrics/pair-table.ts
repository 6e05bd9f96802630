/** A number for each ordered pair of peers that has one. Plain data. */
export interface PairRow {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** Sums by ordered pairs of peers, in the order in which the pairs came up. */
export class PairSums {
  private readonly sums = new Map<number, Map<number, number>>();

  add(from: number, to: number, value: number): void {
    const own = this.sums.get(from) ?? new Map<number, number>();
    this.sums.set(from, own);
    own.set(to, (own.get(to) ?? 0) + value);
  }

  rows(): PairRow[] {
    return [...this.sums].flatMap(([from, own]) =>
      [...own].map(([to, value]) => ({ from, to, value })),
    );
  }
}

/** Spans of time by ordered pairs, of which one may be open for a pair at a time. Times in ms. */
export class PairSpans {
  private readonly open = new Map<number, Map<number, number>>();
  private readonly sums = new PairSums();

  begin(from: number, to: number, now: number): void {
    const own = this.open.get(from) ?? new Map<number, number>();
    this.open.set(from, own);
    if (!own.has(to)) own.set(to, now);
  }

  end(from: number, to: number, now: number): void {
    const own = this.open.get(from);
    const since = own?.get(to);
    if (own === undefined || since === undefined) return;
    own.delete(to);
    this.sums.add(from, to, (now - since) / 1000);
  }

  /** Ends all spans from a peer. */
  endFrom(from: number, now: number): void {
    for (const to of [...(this.open.get(from)?.keys() ?? [])]) this.end(from, to, now);
  }

  /** Seconds by pair, with what is open counted up to `now`. Ends it all. */
  rows(now: number): PairRow[] {
    for (const from of this.open.keys()) this.endFrom(from, now);
    return this.sums.rows();
  }
}
