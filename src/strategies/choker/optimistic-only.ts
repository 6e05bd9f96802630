import type { ChokerDefinition } from "../registry.ts";
import { TitForTat, titForTatOptions } from "./tit-for-tat.ts";

type OptimisticOnlyOptions = { readonly optimisticRounds: number; readonly newPeerWeight: number };

const { optimisticRounds, newPeerWeight } = titForTatOptions;

/** Tit-for-tat without its regular slots: what optimistic unchokes alone come to. */
export const optimisticOnly: ChokerDefinition<OptimisticOnlyOptions> = {
  name: "optimistic-only",
  summary: "Every slot is an optimistic one, for 30 s in turn: a control for tit-for-tat.",
  options: { optimisticRounds, newPeerWeight },
  create: (options) =>
    new TitForTat(
      { ...options, minUploads: Number.POSITIVE_INFINITY },
      { isEligible: () => false, rate: () => 0, by: "" },
    ),
};
