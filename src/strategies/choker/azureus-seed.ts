import { sample } from "../../core/random.ts";
import type { ChokeRound, Choker, Neighbour, Unchoke } from "../../engine/choker.ts";
import type { ChokerDefinition } from "../registry.ts";

type AzureusSeedOptions = { readonly optimisticRounds: number };

/** Seed state of Azureus 2.5 (`SeedingUnchoker`), which BitTyrant left as it was (Piatek 2007, §4). */
export const azureusSeed: ChokerDefinition<AzureusSeedOptions> = {
  name: "azureus-seed",
  summary:
    "Keeps those that take fast and got little, and draws the others anew every 30 s: Azureus 2.5 as a seeder.",
  options: {
    optimisticRounds: {
      default: { setting: "optimisticRounds" },
      summary: "It decides anew every so many rechoke rounds.",
      minimum: 1,
      isInteger: true,
    },
  },
  seederOnly: true,
  create: (options) => new AzureusSeed(options),
};

/** One random unchoke for so many slots, the first among them. */
const SLOTS_PER_RANDOM = 5;

/** Who takes no more than so many bytes per second loses its slot. */
const SLOWEST = 256;

class AzureusSeed implements Choker {
  private readonly options: AzureusSeedOptions;

  constructor(options: AzureusSeedOptions) {
    this.options = options;
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    const { candidates, slots, trigger, random } = round;
    const served = candidates.filter((peer) => !peer.amChoking);
    const isDue = trigger === "timer" && round.round % this.options.optimisticRounds === 0;
    const kept = isDue ? this.deserving(served, slots) : served.slice(0, slots);
    // Between two decisions only slots that fell free are filled.
    const waiting = candidates.filter((peer) => peer.amChoking);
    const drawn = sample(random, waiting, Math.max(0, slots - kept.length));
    return [...kept, ...drawn].map((peer) => ({ peer, kind: "seed" }));
  }

  /** Ranked by the sum of two ranks: how fast they take, and how little they got so far. */
  private deserving(served: readonly Neighbour[], slots: number): Neighbour[] {
    const random = Math.floor((slots - 1) / SLOTS_PER_RANDOM) + 1;
    const quick = served.filter((peer) => peer.uploadRate > SLOWEST);
    const byRate = [...quick].sort((a, b) => b.uploadRate - a.uploadRate || a.number - b.number);
    const byTotal = [...quick].sort((a, b) => a.uploaded - b.uploaded || a.number - b.number);
    const rank = (peer: Neighbour) => byRate.indexOf(peer) + byTotal.indexOf(peer);
    quick.sort((a, b) => rank(a) - rank(b) || a.number - b.number);
    return quick.slice(0, slots - random);
  }
}
