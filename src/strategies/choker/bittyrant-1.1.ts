import type { ChokeRound, Choker, Neighbour, ServeTurn, Unchoke } from "../../engine/choker.ts";
import type { ChokerDefinition } from "../registry.ts";
import { JarAccount } from "./bittyrant-1.1-account.ts";
import { bitTyrantMark, wideView } from "./bittyrant-client.ts";

/**
 * BitTyrant as it was released (1.1, `JarUnchoker`), which is not its paper's: no d and no u, but an allocation of the uplink
 * for each peer, which shrinks while the peer gives and grows while it does not. In the source these are bytes for 10 s.
 */
export const bitTyrantReleased: ChokerDefinition = {
  name: "bittyrant-1.1",
  summary:
    "Splits the uplink by allocations, which shrink while a peer gives: the BitTyrant client as it was released (1.1).",
  mark: bitTyrantMark,
  settings: wideView,
  leecherOnly: true,
  seedChoker: "azureus-seed",
  create: (_options, { rechokeInterval, snubTime }) =>
    new JarUnchoker(rechokeInterval / 1000, snubTime),
};

/** Whom a pass unchokes, and what it allots, in bytes for the next round; 0 or less: it is choked. */
interface Pass {
  isFor(account: JarAccount): boolean;
  allot(account: JarAccount): number;
  readonly kind: "regular" | "optimistic";
  readonly reason: string;
}

const passes: readonly Pass[] = [
  {
    kind: "regular",
    reason: "gave more than it got in the last minute",
    isFor: (account) => !account.isTyrant && account.receivedLately > account.sentLately,
    allot: (account) => account.lowered,
  },
  {
    kind: "regular",
    reason: "gives what it can", // its uplink must be full
    isFor: (account) => !account.isTyrant && account.isMaxedOut,
    allot: (account) => account.lowered,
  },
  {
    kind: "regular",
    reason: "gave more than it got, all in all",
    isFor: ({ isTyrant, peer }) =>
      !isTyrant && peer.uploaded > 0 && peer.downloaded / peer.uploaded > 1,
    allot: (account) => account.raised,
  },
  {
    kind: "regular",
    reason: "one of our kind: block for block",
    isFor: (account) => account.isTyrant,
    allot: (account) => account.owed,
  },
  {
    kind: "optimistic",
    reason: "on trial, its allocation raised",
    isFor: () => true,
    allot: (account) => account.raised,
  },
];

class JarUnchoker implements Choker {
  readonly unlimited = true;
  readonly ignoresInterest = true; // `getImmediateUnchokes` returns nobody
  /** Length of a round. */
  private readonly seconds: number;
  private readonly snubTime: number;
  private readonly accounts = new Map<Neighbour, JarAccount>();
  private unchoked: Unchoke[] = [];

  constructor(seconds: number, snubTime: number) {
    this.seconds = seconds;
    this.snubTime = snubTime;
  }

  joined(peer: Neighbour): void {
    this.accounts.set(peer, new JarAccount(peer, this.seconds));
  }

  left(peer: Neighbour): void {
    this.accounts.delete(peer);
    this.unchoked = this.unchoked.filter((one) => one.peer !== peer);
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    if (round.trigger === "timer") this.allocate(round);
    return this.unchoked;
  }

  whyChoked({ isSeeding }: Neighbour, { trigger }: ChokeRound): string {
    if (isSeeding) return "has every piece";
    return trigger === "event"
      ? "waits for the next round"
      : "the uplink is allotted, or it owes us blocks";
  }

  /** One block to a peer drawn with its allocation as weight: an allocation is no limit (`WriteController`). */
  serve({ waiting, random }: ServeTurn): Neighbour | undefined {
    let total = 0;
    for (const peer of waiting) total += this.weight(peer);
    let draw = random.next() * total;
    for (const peer of waiting) {
      draw -= this.weight(peer);
      if (draw < 0) return peer;
    }
    return waiting[0];
  }

  sent(peer: Neighbour, bytes: number): boolean {
    const account = this.accounts.get(peer);
    if (account !== undefined) account.unused -= bytes;
    return false;
  }

  private weight(peer: Neighbour): number {
    return this.accounts.get(peer)?.allocation ?? 0;
  }

  private allocate({ uplink, time }: ChokeRound): void {
    const left = new Set([...this.accounts.values()].sort(byScore));
    for (const account of left) {
      if (account.isUnchokable && !account.peer.amChoking) account.punish();
      account.remember(time);
    }
    this.unchoked = [];
    let budget = uplink * this.seconds;
    for (const isLenient of [false, true]) {
      for (const { isFor, allot, kind, reason } of passes) {
        for (const account of left) {
          if (budget <= 0) return;
          if (!account.isUnchokable || !isFor(account)) continue;
          if (!isLenient && account.isSnubbed(time, this.snubTime)) continue;
          left.delete(account);
          const allotted = account.isTyrant ? Math.min(allot(account), budget) : allot(account);
          if (allotted <= 0) continue;
          account.allocation = allotted;
          account.unused = allotted;
          budget -= allotted;
          this.unchoked.push({ peer: account.peer, kind, reason });
        }
      }
    }
  }
}

function byScore(a: JarAccount, b: JarAccount): number {
  const [scoreA, scoreB] = [a.score, b.score]; // Infinity for who gave nothing
  if (scoreA === scoreB) return 0;
  return scoreA < scoreB ? -1 : 1;
}
