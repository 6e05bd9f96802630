import type { Neighbour } from "../../engine/choker.ts";
import type { Picker, RevealChoice } from "../../engine/picker.ts";
import type { PickerDefinition } from "../registry.ts";
import { fewest, pickRarest } from "./rarest-first.ts";

type SuperSeedingOptions = { readonly wait: number; readonly patience: number };

/**
 * Super-seeding (BEP 16): a seeder pretends to have nothing, and shows each peer one piece, that nobody has yet. The next it shows
 * when it sees the first at somebody else: who does not pass pieces on gets no more of them.
 */
export const superSeeding: PickerDefinition<SuperSeedingOptions> = {
  name: "super-seeding",
  summary: "Shows each peer one piece, and the next when another peer has the first (BEP 16).",
  options: {
    wait: {
      default: 10, // BitTornado
      summary: "Seconds before a peer is shown its first piece.",
      minimum: 0,
    },
    patience: {
      default: 300, // ours: in a swarm of peers that cannot reach each other nobody ever sees a piece at another
      summary: "Seconds after which a peer that has its piece is shown another in any case.",
      minimum: 0,
    },
  },
  create: (options) => new SuperSeeding(options),
};

/** The piece that a peer was shown last. */
interface Shown {
  readonly piece: number;
  /** In ms. */
  readonly time: number;
  hasIt: boolean;
}

class SuperSeeding implements Picker {
  readonly pick = pickRarest; // as a leecher
  readonly hidesOnlyAsSeeder = true;
  private readonly options: SuperSeedingOptions;
  private readonly shown = new Map<Neighbour, Shown>();
  private readonly peers = new Set<Neighbour>();

  constructor(options: SuperSeedingOptions) {
    this.options = options;
  }

  left(peer: Neighbour): void {
    this.shown.delete(peer);
    this.peers.delete(peer);
  }

  reveal(choice: RevealChoice): number {
    this.peers.add(choice.peer);
    if (!this.isDue(choice)) return -1;
    const piece = this.rarest(choice);
    this.shown.set(choice.peer, { piece, time: choice.time, hasIt: false });
    return piece;
  }

  private isDue({ peer, lastShown, time, availability, peerHas }: RevealChoice): boolean {
    const { wait, patience } = this.options;
    const shown = this.shown.get(peer);
    if (shown === undefined) return time - peer.connectedAt >= wait * 1000;
    shown.hasIt = peerHas(lastShown);
    if (!shown.hasIt) return false;
    if (this.peers.size === 1) return true; // nobody is there to pass it on to
    return availability(lastShown) > 1 || time - shown.time >= patience * 1000;
  }

  /** One of the pieces with the fewest copies; one that was shown to a peer counts as one that the peer has. */
  private rarest({ hidden, availability, random }: RevealChoice): number {
    const promised = new Map<number, number>();
    for (const { piece, hasIt } of this.shown.values()) {
      if (!hasIt) promised.set(piece, (promised.get(piece) ?? 0) + 1);
    }
    return fewest(hidden, random, (piece) => availability(piece) + (promised.get(piece) ?? 0));
  }
}
