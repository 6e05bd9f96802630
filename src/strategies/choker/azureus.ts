import type { Random } from "../../core/random.ts";
import type { ChokeRound, Choker, Neighbour, Unchoke } from "../../engine/choker.ts";
import type { ChokerDefinition } from "../registry.ts";
import { best } from "./connections.ts";

type AzureusOptions = { readonly optimisticRounds: number };

/**
 * Leecher state of Azureus 2.5 (`DownloadingUnchoker`), the baseline that BitTyrant was measured against (Piatek 2007, §5).
 */
export const azureus: ChokerDefinition<AzureusOptions> = {
  name: "azureus",
  summary:
    "Unchokes who sends most, and on trial peers that gave more than they got: Azureus 2.5 (Piatek 2007's baseline).",
  options: {
    optimisticRounds: {
      default: { setting: "optimisticRounds" },
      summary: "The optimistic unchokes are drawn anew every so many rechoke rounds.",
      minimum: 1,
      isInteger: true,
    },
  },
  leecherOnly: true,
  create: (options) => new Azureus(options),
};

/** One optimistic unchoke for so many slots, the first among them. */
const SLOTS_PER_OPTIMISTIC = 10;

class Azureus implements Choker {
  private readonly options: AzureusOptions;
  private optimistic: Neighbour[] = [];
  /** Of a round that is explained: who sends, best first. */
  private ranking: readonly Neighbour[] = [];

  constructor(options: AzureusOptions) {
    this.options = options;
  }

  left(peer: Neighbour): void {
    this.optimistic = this.optimistic.filter((other) => other !== peer);
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    const { candidates, slots } = round;
    if (round.trigger === "timer" && round.round % this.options.optimisticRounds === 0) {
      this.optimistic = [];
    }
    const tried = Math.floor((slots - 1) / SLOTS_PER_OPTIMISTIC) + 1;
    const givers = candidates.filter((peer) => !peer.isSnubbed && peer.downloadRate > 0);
    const regular = best(givers, slots - tried, (peer) => peer.downloadRate);
    if (round.isExplained === true) {
      this.ranking = best(givers, givers.length, (peer) => peer.downloadRate);
    }
    const isLeft = (peer: Neighbour) => peer.peerInterested && !regular.includes(peer);
    this.optimistic = this.optimistic.filter(isLeft).slice(0, slots - regular.length);
    // Slots that nobody earned go to further peers on trial.
    const others = candidates.filter((peer) => isLeft(peer) && !this.optimistic.includes(peer));
    while (this.optimistic.length < slots - regular.length && others.length > 0) {
      this.optimistic.push(takeByDeficit(others, round.random));
    }
    return [
      ...regular.map((peer): Unchoke => ({ peer, kind: "regular", reason: "by what it sends" })),
      ...this.optimistic.map((peer): Unchoke => ({ peer, kind: "optimistic" })),
    ];
  }

  whyChoked(peer: Neighbour): string {
    const place = this.ranking.indexOf(peer);
    const why = place < 0 ? "sends nothing" : `rank ${place + 1} by what it sends`;
    return `${why}, and not drawn`;
  }
}

/** Takes one out of `peers`: who gave us more than it got is more likely (Azureus 2.5). */
function takeByDeficit(peers: Neighbour[], random: Random): Neighbour {
  peers.sort((a, b) => b.uploaded - b.downloaded - (a.uploaded - a.downloaded));
  const draw = random.next();
  // n / (0.8 + 0.2 / U): near n for most U
  const place = draw > 0 ? Math.floor(peers.length / (0.8 + 0.2 / draw)) : 0;
  const [taken] = peers.splice(Math.min(place, peers.length - 1), 1);
  return taken as Neighbour;
}
