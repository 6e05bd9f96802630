import { aria2 } from "./support/aria2.ts";
import { manyFiles } from "./support/data.ts";
import { libtorrent } from "./support/libtorrent.ts";
import { needing } from "./support/needing.ts";
import { opentracker } from "./support/opentracker.ts";
import { byTransmission } from "./support/torrent.ts";
import { transfer } from "./support/transfer.ts";

const tools = ["libtorrent", "aria2", "opentracker", "transmission"] as const;

// None of it is ours: when this fails, so does everything beside it, and the machine or the harness is to blame.
needing(tools, "aria2 downloads from libtorrent, whom it finds through opentracker", () =>
  transfer({
    seeder: libtorrent,
    leechers: [aria2],
    tracker: opentracker,
    maker: byTransmission,
    lengths: manyFiles,
    pieceLength: 64,
  }),
);
