import type { Random } from "../../core/random.ts";
import type { ChokeRound, Choker, Neighbour, Unchoke } from "../../engine/choker.ts";
import type { ChokerDefinition } from "../registry.ts";
import { RoundBytes } from "./round-bytes.ts";
import { TitForTat, type TitForTatOptions, titForTatOptions } from "./tit-for-tat.ts";

/** Tit for two tats (Axelrod 1984; the candidate list TF2T of Rahman 2011): one round without a gift is forgiven. */
export const titForTwoTats: ChokerDefinition<TitForTatOptions> = {
  name: "tf2t",
  summary:
    "As tit-for-tat, but a regular slot is for who gave in either of the last two rounds, by the mean of both (Rahman 2011).",
  options: titForTatOptions,
  leecherOnly: true,
  create: (options) => new TitForTwoTats(options),
};

class TitForTwoTats implements Choker {
  private readonly gifts = new RoundBytes((peer) => peer.downloaded);
  private readonly titForTat: TitForTat;

  constructor(options: TitForTatOptions) {
    this.titForTat = new TitForTat(options, {
      isEligible: (peer) => peer.peerInterested && this.mean(peer) > 0,
      rate: (peer) => this.mean(peer),
      by: "by what it sent in the last two rounds",
      otherwise: "sent nothing in the last two rounds",
    });
  }

  joined(peer: Neighbour, random: Random): void {
    this.titForTat.joined(peer, random);
  }

  left(peer: Neighbour): void {
    this.titForTat.left(peer);
    this.gifts.forget(peer);
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    if (round.trigger === "timer") this.gifts.turn(round.neighbours);
    return this.titForTat.choose(round);
  }

  whyChoked(peer: Neighbour, round: ChokeRound): string | undefined {
    return this.titForTat.whyChoked(peer, round);
  }

  private mean(peer: Neighbour): number {
    return (this.gifts.last(peer) + this.gifts.beforeLast(peer)) / 2;
  }
}
