import { BLOCK_SIZE } from "../../core/geometry.ts";
import type { ChokeRound, Choker, Neighbour, Unchoke } from "../../engine/choker.ts";
import type { ChokerDefinition, StrategyDefinition } from "../registry.ts";
import { remove } from "./connections.ts";

export type BlockTitForTatOptions = {
  readonly delta: number;
  readonly unit: "piece" | "block";
};

export function blockTitForTatOptions(
  delta: number,
): NonNullable<ChokerDefinition<BlockTitForTatOptions>["options"]> {
  return {
    delta: {
      default: delta,
      summary: "A block may go out while sent - received is at most so many of them.",
      minimum: 0,
    },
    unit: {
      default: "piece",
      oneOf: ["piece", "block"],
      summary: "What is a block here: a piece, as in their simulator, or a request of 16 KiB.",
    },
  };
}

/** Bharambe 2006: uploads of a node at once. */
export const blockTitForTatSettings: NonNullable<StrategyDefinition["settings"]> = {
  slots: { rule: "fixed", slots: 5 },
};

/** Whether a peer may be sent another block, of so many bytes. */
export type BlockLimit = (peer: Neighbour, bytes: number) => boolean;

/**
 * Block-based tit-for-tat (Bharambe 2006): no rounds and no rates. Neighbours stand in line; a free slot goes to the first who is
 * interested and within the limit, for one block, and then it goes to the end of the line. Seeders know no limit.
 */
export class BlockTitForTat implements Choker {
  private readonly unit: BlockTitForTatOptions["unit"];
  private readonly isWithin: BlockLimit;
  private line: Neighbour[] = [];
  /** Who has a slot, and what it was sent of its block; idle is who was sent nothing since the last round. */
  private readonly served = new Map<Neighbour, { sent: number; isIdle: boolean }>();
  private bytes = BLOCK_SIZE;
  private isSeeding = false;
  /** A slot is free because who would have it is over its limit. */
  private isHeldBack = false;

  constructor(unit: BlockTitForTatOptions["unit"], isWithin: BlockLimit) {
    this.unit = unit;
    this.isWithin = isWithin;
  }

  joined(peer: Neighbour): void {
    this.line.push(peer);
  }

  left(peer: Neighbour): void {
    remove(this.line, peer);
    this.served.delete(peer);
  }

  choose({ trigger, slots, isSeeding, torrent }: ChokeRound): readonly Unchoke[] {
    this.isSeeding = isSeeding;
    if (this.unit === "piece") this.bytes = torrent.pieceLength;
    for (const [peer, turn] of this.served) {
      if (!peer.peerInterested || (trigger === "timer" && turn.isIdle)) this.endTurn(peer);
      else if (trigger === "timer") turn.isIdle = true;
    }
    this.isHeldBack = false;
    for (const peer of this.line) {
      if (this.served.size >= slots) break;
      if (this.served.has(peer) || !peer.peerInterested) continue;
      if (this.mayHave(peer)) this.served.set(peer, { sent: 0, isIdle: false });
      else this.isHeldBack = true;
    }
    return [...this.served.keys()].map((peer) => ({ peer, reason: "its turn" }));
  }

  whyChoked(peer: Neighbour): string | undefined {
    return this.mayHave(peer) ? undefined : "too many blocks unpaid";
  }

  sent(peer: Neighbour, bytes: number): boolean {
    const turn = this.served.get(peer);
    if (turn === undefined) return false;
    turn.sent += bytes;
    turn.isIdle = false;
    if (turn.sent < this.bytes) return false;
    this.endTurn(peer);
    return true;
  }

  received(peer: Neighbour): boolean {
    return this.isHeldBack && this.mayHave(peer);
  }

  private mayHave(peer: Neighbour): boolean {
    return this.isSeeding || this.isWithin(peer, this.bytes);
  }

  private endTurn(peer: Neighbour): void {
    this.served.delete(peer);
    remove(this.line, peer);
    this.line.push(peer);
  }
}
