import { type Command, Option } from "commander";
import { collect } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import type { ShareOptions } from "./share-options.ts";

/** `sim download` and `sim seed`. */
export function addShares(program: Command, terminal: Terminal, end: (code: number) => void): void {
  withOptions(
    program
      .command("download")
      .description("download a torrent from real peers; go on where an earlier download stopped")
      .argument("<torrent>", "the .torrent file")
      .option("-o, --out <directory>", "where its files go", "."),
  ).action(async (torrentFile: string, options: ShareOptions) => {
    const { share } = await import("./share.ts");
    const directory = options.out ?? ".";
    end(await share({ torrentFile, directory, isSeeding: false }, options, terminal));
  });
  withOptions(
    program
      .command("seed")
      .description("give a torrent's files to real peers, until Ctrl-C")
      .argument("<torrent>", "the .torrent file")
      .argument("<path>", "the directory that holds its files"),
  ).action(async (torrentFile: string, directory: string, options: ShareOptions) => {
    const { share } = await import("./share.ts");
    end(await share({ torrentFile, directory, isSeeding: true }, options, terminal));
  });
}

function withOptions(command: Command): Command {
  return command
    .option("--seed-ratio <ratio>", "go on until that many times the torrent's size is uploaded")
    .option("-p, --port <number>", "where to listen (default: 6881; 0: any that is free)")
    .option("--host <address>", "listen and dial on this address of the machine only")
    .option("--peer <host:port>", "dial this peer; repeatable", collect, [])
    .addOption(new Option("--no-trackers", "ask no tracker"))
    .option("--announce <url>", "a tracker instead of the torrent's own; repeatable", collect, [])
    .option("--choker <name|file>", "whom to upload to (default: tit-for-tat)")
    .option("--picker <name|file>", "which piece to start next (default: rarest-first)")
    .option("--profile <name>", "whose constants to use (default: libtorrent-2)")
    .option("--up-limit <rate>", "upload no faster than this, as in '2 Mbit/s'")
    .option("--down-limit <rate>", "download no faster than this")
    .option("--json", "print the result as one JSON object, and nothing else, to standard output")
    .option("-v, --verbose", "say what trackers do, and which peers break the protocol");
}
