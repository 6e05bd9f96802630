import type { TorrentClient } from "../../live/torrent-client.ts";
import { counted, grouped } from "../../report/units.ts";
import type { Metainfo } from "../../torrent/metainfo.ts";
import type { Terminal } from "../terminal.ts";
import type { ShareOptions } from "./share-options.ts";

/** What a person sees of a download or of seeding. */
export class ShareDisplay {
  private readonly metainfo: Metainfo;
  private readonly options: ShareOptions;
  private readonly terminal: Terminal;
  private client: TorrentClient | undefined;

  constructor(metainfo: Metainfo, options: ShareOptions, terminal: Terminal) {
    this.metainfo = metainfo;
    this.options = options;
    this.terminal = terminal;
  }

  opened(client: TorrentClient): void {
    this.client = client;
  }

  log(text: string): void {
    if (this.options.verbose === true) this.terminal.err(`${text}\n`);
  }

  summary(): void {
    const { client, metainfo, options, terminal } = this;
    if (client === undefined) return;
    const { pieces, downloaded, uploaded, downloads } = client.session.client;
    const facts = {
      name: metainfo.name,
      pieces: pieces.have.count,
      pieceCount: pieces.have.length,
      downloadedBytes: downloaded,
      uploadedBytes: uploaded,
      wastedBytes: downloads.wasted,
    };
    if (options.json === true) {
      terminal.out(`${JSON.stringify(facts)}\n`);
      return;
    }
    const { name, pieceCount } = facts;
    terminal.out(
      `${name}: ${grouped(facts.pieces)} of ${counted(pieceCount, "piece")}; ` +
        `${grouped(downloaded)} bytes downloaded, ${grouped(uploaded)} uploaded\n`,
    );
  }
}
