import { assert } from "../core/assert.ts";
import type { PeerClass } from "../scenario/scenario.ts";

/** What sums of decimals may be off by. */
const TOLERANCE = 1e-9;

/**
 * Which class of a mix the next peer of its population belongs to. Each peer goes to the class that lacks most of its share so
 * far, the first among equals, as long as it still lacks any: the classes come evenly mixed, and in the end each has its count.
 */
export class Parts {
  private readonly shares: readonly number[];
  private readonly left: number[];
  private readonly lacks: number[];

  constructor(classes: readonly PeerClass[]) {
    this.shares = classes.map(({ mix }) => mix?.share ?? 1);
    this.left = classes.map(({ count }) => count);
    this.lacks = classes.map(() => 0);
  }

  /** An index of the classes. */
  next(): number {
    const { shares, left, lacks } = this;
    let part = -1;
    for (let at = 0; at < shares.length; at++) {
      lacks[at] = (lacks[at] as number) + (shares[at] as number);
      if ((left[at] as number) <= 0) continue;
      if (part < 0 || (lacks[at] as number) > (lacks[part] as number) + TOLERANCE) part = at;
    }
    assert(part >= 0, "a population is as large as its classes together");
    lacks[part] = (lacks[part] as number) - 1;
    left[part] = (left[part] as number) - 1;
    return part;
  }
}
