import type { ChokeRound, Choker, Neighbour, Unchoke } from "../../engine/choker.ts";
import type { ChokerDefinition } from "../registry.ts";
import {
  BlockTitForTat,
  type BlockTitForTatOptions,
  blockTitForTatOptions,
  blockTitForTatSettings,
} from "./block-tit-for-tat.ts";

/** Overall block-level tit-for-tat (Bharambe 2006, `-grouptft`): we send at most delta blocks more than we get, to all in all. */
export const groupBlockTitForTat: ChokerDefinition<BlockTitForTatOptions> = {
  name: "group-block-tft",
  summary:
    "Block by block to each interested peer in turn, while we sent all of them at most delta blocks more than we got (Bharambe 2006).",
  options: blockTitForTatOptions(40),
  settings: blockTitForTatSettings,
  create: (options) => new GroupBlockTitForTat(options),
};

class GroupBlockTitForTat implements Choker {
  private readonly peers: BlockTitForTat;
  /** Bytes sent to all less those received of all, also of peers that have left. */
  private given = 0;

  constructor({ delta, unit }: BlockTitForTatOptions) {
    this.peers = new BlockTitForTat(unit, (_peer, bytes) => this.given <= delta * bytes);
  }

  joined(peer: Neighbour): void {
    this.peers.joined(peer);
  }

  left(peer: Neighbour): void {
    this.peers.left(peer);
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    return this.peers.choose(round);
  }

  whyChoked(peer: Neighbour): string | undefined {
    return this.peers.whyChoked(peer);
  }

  sent(peer: Neighbour, bytes: number): boolean {
    this.given += bytes;
    return this.peers.sent(peer, bytes);
  }

  received(peer: Neighbour, bytes: number): boolean {
    this.given -= bytes;
    return this.peers.received(peer);
  }
}
