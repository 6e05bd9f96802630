import type { Random } from "../../core/random.ts";
import type { ChokeRound, Choker, Neighbour, Unchoke } from "../../engine/choker.ts";
import type { ChokerDefinition } from "../registry.ts";
import { TitForTat, type TitForTatOptions, titForTatOptions } from "./tit-for-tat.ts";

/** Birds of a feather (Rahman 2011, §4): those whose rate is nearest to what we give to one peer, not the fastest. */
export const birds: ChokerDefinition<TitForTatOptions> = {
  name: "birds",
  summary:
    "As tit-for-tat, but regular slots are for those whose rate is nearest to our own per slot (Rahman 2011).",
  options: titForTatOptions,
  leecherOnly: true,
  create: (options) => new Birds(options),
};

class Birds implements Choker {
  private readonly titForTat: TitForTat;
  private ownRate = 0;

  constructor(options: TitForTatOptions) {
    this.titForTat = new TitForTat(options, {
      isEligible: (peer) => peer.peerInterested && !peer.isSnubbed,
      rate: (peer) => -Math.abs(peer.downloadRate - this.ownRate),
      by: "by how near its rate is to ours per slot",
      otherwise: "snubbed",
    });
  }

  joined(peer: Neighbour, random: Random): void {
    this.titForTat.joined(peer, random);
  }

  left(peer: Neighbour): void {
    this.titForTat.left(peer);
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    this.ownRate = round.uplink / round.slots;
    return this.titForTat.choose(round);
  }

  whyChoked(peer: Neighbour, round: ChokeRound): string | undefined {
    return this.titForTat.whyChoked(peer, round);
  }
}
