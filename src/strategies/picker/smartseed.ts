import type { Neighbour } from "../../engine/choker.ts";
import type { Picker, RevealChoice } from "../../engine/picker.ts";
import type { PickerDefinition } from "../registry.ts";
import { fewest, pickRarest } from "./rarest-first.ts";

type SmartSeedOptions = { readonly ahead: number };

/** Smartseed (Bharambe 2006): a seeder serves the piece that it has served least often. It can, since it shows no others. */
export const smartSeed: PickerDefinition<SmartSeedOptions> = {
  name: "smartseed",
  summary: "Shows each peer few pieces ahead, those that it showed least often (Bharambe 2006).",
  options: {
    ahead: {
      default: 2, // ours: one under way, and one for when it is done
      summary: "Pieces that a peer was shown and lacks, at most.",
      minimum: 1,
      isInteger: true,
    },
  },
  create: ({ ahead }) => new SmartSeed(ahead),
};

class SmartSeed implements Picker {
  readonly pick = pickRarest; // as a leecher
  readonly hidesOnlyAsSeeder = true;
  private readonly ahead: number;
  /** How often each piece was served. */
  private readonly served = new Map<number, number>();
  /** What each peer was shown and, when last seen, lacked. */
  private readonly promised = new Map<Neighbour, Set<number>>();

  constructor(ahead: number) {
    this.ahead = ahead;
  }

  left(peer: Neighbour): void {
    this.promised.delete(peer);
  }

  reveal(choice: RevealChoice): number {
    const { peer, outstanding } = choice;
    const promised = this.promised.get(peer) ?? new Set();
    this.promised.set(peer, promised);
    this.settle(choice, promised);
    // Who is choked has one piece to be interested in.
    if (outstanding >= (peer.amChoking ? 1 : this.ahead)) return -1;
    const piece = this.leastServed(choice);
    promised.add(piece);
    return piece;
  }

  private settle({ peerHas }: RevealChoice, promised: Set<number>): void {
    for (const piece of promised) {
      if (!peerHas(piece)) continue;
      promised.delete(piece);
      this.served.set(piece, (this.served.get(piece) ?? 0) + 1);
    }
  }

  /** Of those served least often, or about to be, one that is promised to the fewest of those that must wait. */
  private leastServed({ hidden, random }: RevealChoice): number {
    const peers = this.promised.size + 1;
    const promises = new Map<number, number>();
    for (const [peer, pieces] of this.promised) {
      for (const piece of pieces) {
        promises.set(piece, (promises.get(piece) ?? 0) + (peer.amChoking ? 1 : peers));
      }
    }
    return fewest(
      hidden,
      random,
      (piece) => (this.served.get(piece) ?? 0) * peers + (promises.get(piece) ?? 0),
    );
  }
}
