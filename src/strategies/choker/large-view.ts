import type { Random } from "../../core/random.ts";
import type { ChokeRound, Choker, Neighbour, Unchoke } from "../../engine/choker.ts";
import { wholeSwarm } from "../../engine/profiles.ts";
import type { ClientSettings } from "../../engine/settings.ts";
import type { ChokerDefinition } from "../registry.ts";
import { NewSeed } from "./new-seed.ts";
import { none } from "./none.ts";
import { titForTat } from "./tit-for-tat.ts";

type LargeViewOptions = { readonly gives: "none" | "tit-for-tat" };

/**
 * The large view exploit (Sirivianos 2007): the more peers a client is connected to, the more optimistic unchokes and seeders'
 * slots come its way. It is a free rider's, and pays for a client that gives as well.
 */
export const largeView: ChokerDefinition<LargeViewOptions> = {
  name: "large-view",
  summary:
    "A free rider, or a client of tit-for-tat, that connects to everybody (Sirivianos 2007).",
  options: {
    gives: {
      default: "none",
      oneOf: ["none", "tit-for-tat"],
      summary: "Whom it unchokes: nobody, or as tit-for-tat, and as new-seed when it is complete.",
    },
  },
  settings: wholeSwarm,
  create: ({ gives }, settings) =>
    gives === "none" ? none.create({}, settings) : new LargeView(settings),
};

/** The reference client in both states. */
class LargeView implements Choker {
  private readonly leeching: Choker;
  private readonly seeding: Choker;

  constructor(settings: ClientSettings) {
    this.leeching = titForTat.create(settings, settings);
    this.seeding = new NewSeed(settings);
  }

  joined(peer: Neighbour, random: Random): void {
    this.leeching.joined?.(peer, random);
    this.seeding.joined?.(peer, random);
  }

  left(peer: Neighbour): void {
    this.leeching.left?.(peer);
    this.seeding.left?.(peer);
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    return this.inCharge(round).choose(round);
  }

  whyChoked(peer: Neighbour, round: ChokeRound): string | undefined {
    return this.inCharge(round).whyChoked?.(peer, round);
  }

  private inCharge({ isSeeding }: ChokeRound): Choker {
    return isSeeding ? this.seeding : this.leeching;
  }
}
