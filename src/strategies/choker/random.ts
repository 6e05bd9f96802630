import { sample } from "../../core/random.ts";
import type { ChokerDefinition } from "../registry.ts";
import { stillServed } from "./connections.ts";

/** The control of every comparison: who gives has no advantage. */
export const random: ChokerDefinition = {
  name: "random",
  summary: "Draws the slots among the interested peers anew each round: a control.",
  create: () => ({
    choose(round) {
      const served = stillServed(round);
      const waiting = round.candidates.filter((peer) => !served.includes(peer));
      const drawn = sample(round.random, waiting, round.slots - served.length);
      return [...served, ...drawn].map((peer) => ({ peer, reason: "drawn" }));
    },
  }),
};
