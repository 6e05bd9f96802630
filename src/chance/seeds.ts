import seedrandom from "seedrandom";
import type { Random } from "../core/random.ts";

/** The streams of chance of a run: each is derived from the run's seed by name, so that none disturbs another. */
export class Seeds {
  private readonly seed: string;

  constructor(seed: string) {
    this.seed = seed;
  }

  stream(name: string): Random {
    return { next: seedrandom.alea(`${this.seed}/${name}`) };
  }
}
