import type { Unchoke } from "../../engine/choker.ts";
import type { ChokerDefinition } from "../registry.ts";

const nobody: readonly Unchoke[] = [];

/** A free rider: it takes what others give, and gives nothing, not even when it has everything. */
export const none: ChokerDefinition = {
  name: "none",
  summary: "Never unchokes anybody: a free rider.",
  create: () => ({ choose: () => nobody }),
};
