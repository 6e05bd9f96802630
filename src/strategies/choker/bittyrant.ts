import type { ChokeRound, Choker, Neighbour, SlotKind, Unchoke } from "../../engine/choker.ts";
import type { ChokerDefinition } from "../registry.ts";
import { Account, type Adaptation } from "./bittyrant-account.ts";
import { blockRatio, owedTo } from "./bittyrant-blocks.ts";
import { bitTyrantMark, wideView } from "./bittyrant-client.ts";

export type BitTyrantOptions = {
  readonly [K in keyof Adaptation]: Adaptation[K];
} & {
  readonly cap: number;
  readonly selfish: boolean;
  readonly blockBased: boolean;
};

/** BitTyrant as its paper has it (Piatek, Isdal, Anderson, Krishnamurthy and Venkataramani 2007, Fig. 9 and §4). */
export const bitTyrant: ChokerDefinition<BitTyrantOptions> = {
  name: "bittyrant",
  summary:
    "Unchokes those who give most for what they ask, each at the rate that makes it reciprocate (Piatek 2007).",
  mark: bitTyrantMark,
  settings: wideView,
  options: {
    initialUpload: {
      default: 15_360, // §3.2, Fig. 3: 15 KB/s is just above the step of the reciprocation curve
      summary: "u of a peer that nothing is known of, in bytes per second.",
      minimum: 1,
    },
    delta: {
      default: 0.2, // §4.1
      summary: "u grows by this share after a round without reciprocation.",
      minimum: 0,
    },
    gamma: {
      default: 0.1, // §4.1
      summary:
        "u shrinks by this share after `rounds` rounds of reciprocation in a row, and each further one.",
      minimum: 0,
      maximum: 0.99,
    },
    rounds: {
      default: 3, // §4.1: r
      summary: "So many rounds of reciprocation before u shrinks.",
      minimum: 1,
      isInteger: true,
    },
    cap: {
      default: 0,
      summary: "It uses no more of its uplink than this, in bytes per second; 0 for all of it.",
      minimum: 0,
    },
    selfish: {
      default: false,
      summary: "Keeps capacity back that buys nothing, rather than give it away (§4.3).",
    },
    blockBased: {
      default: true,
      summary: "Trades block for block with others of its kind (§4.4).",
    },
  },
  leecherOnly: true,
  create: (options, { rechokeInterval }) => new BitTyrant(options, rechokeInterval / 1000),
};

/** Bytes per second. */
const LEAST_UPLOAD = 1638; // ours: a rate below one block in a round of 10 s cannot be seen

/** A neighbour that may be unchoked: what it costs in bytes per second, and what it brings for that. */
interface Offer {
  readonly peer: Neighbour;
  readonly upload: number;
  readonly ratio: number;
  readonly kind: SlotKind;
}

class BitTyrant implements Choker {
  readonly unlimited = true;
  /** A strategic client gives what is left too; a selfish one keeps it. */
  readonly sharesSpare: boolean;
  private readonly options: BitTyrantOptions;
  private readonly accounts = new Map<Neighbour, Account>();
  /** Length of a round. */
  private readonly seconds: number;
  /** Everybody that is unchoked. */
  private readonly chosen = new Map<Neighbour, Offer>();
  /** Nobody left since the uplink was given away: what is free is too little for the next best. */
  private isSpent = false;

  constructor(options: BitTyrantOptions, seconds: number) {
    this.options = options;
    this.seconds = seconds;
    this.sharesSpare = !options.selfish;
  }

  joined(peer: Neighbour): void {
    this.accounts.set(peer, new Account(peer, this.options.initialUpload));
  }

  left(peer: Neighbour): void {
    this.accounts.delete(peer);
    this.drop(peer);
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    if (round.trigger === "timer") this.endRound(round);
    for (const peer of this.chosen.keys()) if (!peer.peerInterested) this.drop(peer);
    if (!this.isSpent) this.spend(round);
    return this.unchokes(round);
  }

  /** Fig. 9, "at the end of each round". */
  private endRound(round: ChokeRound): void {
    for (const [peer, account] of this.accounts) {
      account.learn(peer, round, this.seconds, this.options);
      account.u = Math.max(account.u, LEAST_UPLOAD);
      account.isOffered = false;
    }
    this.chosen.clear();
    this.isSpent = false;
  }

  private drop(peer: Neighbour): void {
    if (this.chosen.delete(peer)) this.isSpent = false;
  }

  /** Fig. 9: unchoke by descending d/u while the sum of u fits the uplink. Between two rounds what is free is spent. */
  private spend(round: ChokeRound): void {
    const { chosen } = this;
    const cap = this.cap(round);
    let spent = 0;
    for (const { upload } of chosen.values()) spent += upload;
    for (const offer of this.ranked(round)) {
      this.isSpent = spent + offer.upload > cap && chosen.size > 0;
      if (this.isSpent) break;
      spent += offer.upload;
      chosen.set(offer.peer, offer);
      if (round.trigger === "timer") this.accountOf(offer.peer).isOffered = true;
    }
  }

  private unchokes(round: ChokeRound): Unchoke[] {
    let spent = 0;
    for (const { upload } of this.chosen.values()) spent += upload;
    const scale = Math.min(1, this.cap(round) / spent);
    return [...this.chosen.values()].map((offer) => {
      const { peer, upload, kind } = offer;
      const unchoke = { peer, kind, rate: upload * scale };
      return round.isExplained === true ? { ...unchoke, reason: this.reason(offer) } : unchoke;
    });
  }

  whyChoked(peer: Neighbour, { torrent }: ChokeRound): string {
    const offer = this.offer(peer, torrent.pieceLength);
    if (offer !== undefined) return `${this.reason(offer)}, and the uplink is spent`;
    return this.isOfKind(peer) ? "it is owed no block" : "it would buy nothing";
  }

  private reason({ peer, ratio }: Offer): string {
    if (!peer.amInterested) return "d/u 0: it has nothing that we want";
    if (this.isOfKind(peer)) return `block for block: it gave ${ratio.toFixed(2)} of what it got`;
    return `d/u ${ratio.toFixed(2)}`;
  }

  /** It is traded with block for block. */
  private isOfKind({ mark }: Neighbour): boolean {
    return this.options.blockBased && mark === bitTyrantMark;
  }

  private cap({ uplink }: ChokeRound): number {
    const { cap } = this.options;
    return cap > 0 ? Math.min(uplink, cap) : uplink;
  }

  /** Those that may be unchoked, best first. */
  private ranked(round: ChokeRound): Offer[] {
    const ranked: Offer[] = [];
    for (const peer of round.candidates) {
      if (this.chosen.has(peer)) continue;
      const offer = this.offer(peer, round.torrent.pieceLength);
      if (offer !== undefined) ranked.push(offer);
    }
    return ranked.sort((a, b) => b.ratio - a.ratio || a.peer.number - b.peer.number);
  }

  /** What is offered to `peer`; undefined for nothing. */
  private offer(peer: Neighbour, pieceLength: number): Offer | undefined {
    const { selfish } = this.options;
    const account = this.accountOf(peer);
    const kind = account.isMeasured ? "regular" : "optimistic";
    if (!peer.amInterested) {
      return selfish ? undefined : { peer, kind, upload: account.u, ratio: 0 };
    }
    if (this.isOfKind(peer)) {
      const trial = this.options.initialUpload * this.seconds;
      const owed = owedTo(peer, trial);
      const upload = owed / this.seconds;
      return owed > 0 ? { peer, kind, upload, ratio: blockRatio(peer, trial) } : undefined;
    }
    const d = account.d(pieceLength);
    const isUnknown = d === 0 && !account.isMeasured;
    // Of who has announced nothing yet, nothing but the initial u is known: it is taken to pay.
    const ratio = isUnknown ? 1 : d / account.u;
    if (selfish && account.isMeasured && ratio < 1) return undefined;
    return { peer, kind, upload: account.u, ratio };
  }

  private accountOf(peer: Neighbour): Account {
    return this.accounts.get(peer) as Account;
  }
}
