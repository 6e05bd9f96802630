import type { RevealChoice } from "../../engine/picker.ts";
import type { PickerDefinition } from "../registry.ts";
import { fewest, pickRarest } from "./rarest-first.ts";

type RarityWithholdOptions = { readonly ahead: number };

/**
 * Strategic under-reporting (Levin 2008): each neighbour is told of as little as keeps it interested, and of what everybody has
 * rather than of what it could pass on. It stays interested for longer, and so do its own neighbours' neighbours.
 */
export const rarityWithhold: PickerDefinition<RarityWithholdOptions> = {
  name: "rarity-withhold",
  summary:
    "Tells each peer of one piece at a time that it lacks, the commonest, and keeps the rare ones to itself (Levin 2008).",
  options: {
    ahead: {
      default: 1, // Levin 2008: just what keeps it interested
      summary: "Pieces that a peer was told of and lacks, at most.",
      minimum: 1,
      isInteger: true,
    },
  },
  create: ({ ahead }) => ({ pick: pickRarest, reveal: (choice) => reveal(choice, ahead) }),
};

function reveal({ hidden, outstanding, random, availability }: RevealChoice, ahead: number) {
  return outstanding >= ahead ? -1 : fewest(hidden, random, (piece) => -availability(piece));
}
