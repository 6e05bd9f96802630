import type { Neighbour, TorrentShape } from "../../engine/choker.ts";
import type { ChokerDefinition } from "../registry.ts";
import { LibtorrentChoker } from "./libtorrent.ts";
import { titForTatOptions } from "./tit-for-tat.ts";

type LtAntiLeechOptions = { readonly optimisticRounds: number };

/** libtorrent's seed choking algorithm `anti_leech` (`unchoke_compare_anti_leech`), after Chow 2008. */
export const ltAntiLeech: ChokerDefinition<LtAntiLeechOptions> = {
  name: "lt-anti-leech",
  summary:
    "Who sends most; else who has just begun or is nearly done, then who has waited longest (libtorrent anti_leech; Chow 2008).",
  options: { optimisticRounds: titForTatOptions.optimisticRounds },
  create: ({ optimisticRounds }) =>
    new LibtorrentChoker(
      (a, b, { torrent }) =>
        score(b.peer, torrent) - score(a.peer, torrent) || a.unchokedAt - b.unchokedAt,
      optimisticRounds,
    ),
};

/** 1000 at either end, 0 in the middle. Who hides what it has is taken at what we gave it. */
function score(peer: Neighbour, { size, pieceLength }: TorrentShape): number {
  const given = Math.min(peer.uploaded, size / 2);
  const has = Math.max(given, pieceLength * peer.pieces);
  return Math.floor((Math.abs(2 * has - size) * 1000) / size);
}
