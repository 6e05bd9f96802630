import type { ChokerDefinition } from "../registry.ts";
import { LibtorrentChoker, type LibtorrentPeer } from "./libtorrent.ts";
import { titForTatOptions } from "./tit-for-tat.ts";

type LtRoundRobinOptions = {
  readonly optimisticRounds: number;
  readonly pieceQuota: number;
  readonly leastTurn: number;
};

/** libtorrent's seed choking algorithm `round_robin`, its default (`unchoke_compare_rr`). */
export const ltRoundRobin: ChokerDefinition<LtRoundRobinOptions> = {
  name: "lt-round-robin",
  summary:
    "Who sends most; else who takes fastest until it had its quota, then who has waited longest (libtorrent round_robin).",
  options: {
    optimisticRounds: titForTatOptions.optimisticRounds,
    pieceQuota: {
      default: 20, // settings_pack: seeding_piece_quota
      summary: "A peer's turn is over after so many pieces.",
      minimum: 1,
    },
    leastTurn: {
      default: 60, // unchoke_compare_rr: minutes(1)
      summary: "But not before so many seconds.",
      minimum: 0,
    },
  },
  create: ({ optimisticRounds, pieceQuota, leastTurn }) =>
    new LibtorrentChoker((a, b, { time, torrent }, uploaded) => {
      const quota = pieceQuota * torrent.pieceLength;
      const isDone = ({ peer, unchokedAt, uploadedAtUnchoke }: LibtorrentPeer) =>
        !peer.amChoking &&
        peer.uploaded - uploadedAtUnchoke > quota &&
        time - unchokedAt > leastTurn * 1000;
      // What a choked peer still got of its last turn does not count.
      const taken = ({ peer }: LibtorrentPeer) => (peer.amChoking ? 0 : uploaded.last(peer));
      return (
        Number(isDone(a)) - Number(isDone(b)) || taken(b) - taken(a) || a.unchokedAt - b.unchokedAt
      );
    }, optimisticRounds),
};
