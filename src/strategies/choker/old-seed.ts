import type { ChokerDefinition } from "../registry.ts";
import { TitForTat, type TitForTatOptions, titForTatOptions } from "./tit-for-tat.ts";

/** Seed state of the reference client up to 3.x: as a leecher, but by the rate at which peers take from us. */
export const oldSeed: ChokerDefinition<TitForTatOptions> = {
  name: "old-seed",
  summary:
    "Unchokes who takes fastest, and one peer on trial: the reference client's seed state up to 3.x.",
  options: titForTatOptions,
  seederOnly: true,
  create: (options) =>
    new TitForTat(options, {
      isEligible: (peer) => peer.peerInterested,
      rate: (peer) => peer.uploadRate,
      by: "by what it takes",
    }),
};
