import type { ChokerDefinition } from "../registry.ts";
import { LibtorrentChoker } from "./libtorrent.ts";
import { titForTatOptions } from "./tit-for-tat.ts";

type LtFastestOptions = { readonly optimisticRounds: number };

/** libtorrent's seed choking algorithm `fastest_upload` (`unchoke_compare_fastest_upload`). */
export const ltFastest: ChokerDefinition<LtFastestOptions> = {
  name: "lt-fastest",
  summary:
    "Who sends most; else who took most in the last round, then who has waited longest (libtorrent fastest_upload).",
  options: { optimisticRounds: titForTatOptions.optimisticRounds },
  create: ({ optimisticRounds }) =>
    new LibtorrentChoker(
      (a, b, _round, uploaded) =>
        uploaded.last(b.peer) - uploaded.last(a.peer) || a.unchokedAt - b.unchokedAt,
      optimisticRounds,
    ),
};
