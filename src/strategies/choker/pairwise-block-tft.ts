import type { ChokerDefinition } from "../registry.ts";
import {
  BlockTitForTat,
  type BlockTitForTatOptions,
  blockTitForTatOptions,
  blockTitForTatSettings,
} from "./block-tit-for-tat.ts";

/** Pairwise block-level tit-for-tat (Bharambe 2006): no peer is more than delta blocks in our debt. */
export const pairwiseBlockTitForTat: ChokerDefinition<BlockTitForTatOptions> = {
  name: "pairwise-block-tft",
  summary:
    "Block by block to each interested peer in turn, unless we sent it more than delta blocks over what it sent us (Bharambe 2006).",
  options: blockTitForTatOptions(2),
  settings: blockTitForTatSettings,
  create: ({ delta, unit }) =>
    new BlockTitForTat(unit, (peer, bytes) => peer.uploaded - peer.downloaded <= delta * bytes),
};
