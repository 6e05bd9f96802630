import type { Command } from "commander";
import { collect } from "./options.ts";
import type { Terminal } from "./terminal.ts";
import type { CreateOptions } from "./torrent/create.ts";
import type { ShowOptions } from "./torrent/show.ts";
import type { VerifyOptions } from "./torrent/verify.ts";

/** Adds `sim torrent`, whose commands are about torrent files. */
export function addTorrent(
  program: Command,
  terminal: Terminal,
  end: (code: number) => void,
): void {
  const torrent = program
    .command("torrent")
    .description("make torrent files, show what they say, and verify what is on the disk");

  torrent
    .command("create")
    .description("hash a file, or all files of a folder, and write a torrent file")
    .argument("<path>", "the file or folder")
    .option(
      "--piece-length <size>",
      "a power of two, as in '256 KiB' (default: the least from 16 KiB to 16 MiB that makes at most 2,048 pieces)",
    )
    .option(
      "--announce <urls>",
      "a tracker, or several of one tier with commas; repeatable: a tier each",
      collect,
      [],
    )
    .option("--private", "let clients hear of peers by these trackers alone (BEP 27)")
    .option("--comment <text>", "for people")
    .option("-o, --out <file>", "what to write (default: NAME.torrent, here)")
    .option("-f, --force", "replace a torrent file that is there")
    .option("--json", "print what it says as one JSON object, and nothing else")
    .option("-q, --quiet", "print no progress and no summary")
    .action(async (path: string, options: CreateOptions) => {
      const { create } = await import("./torrent/create.ts");
      end(await create(path, options, terminal));
    });

  torrent
    .command("show")
    .description("say what is in a torrent file: names, sizes, pieces, trackers, infohash")
    .argument("<file>", "the torrent file")
    .option("--json", "print it as one JSON object")
    .action(async (file: string, options: ShowOptions) => {
      const { show } = await import("./torrent/show.ts");
      end(await show(file, options, terminal));
    });

  torrent
    .command("verify")
    .description("hash what is on the disk of a torrent, and say what is right and what is missing")
    .argument("<file>", "the torrent file")
    .argument("[path]", "the torrent's file or folder, or the folder that has it in it", ".")
    .option("--json", "print the result as one JSON object, and nothing else")
    .option("-q, --quiet", "print no progress and no table; the exit code says it")
    .addHelpText("after", "\nExit code 3: not all of it is there, or some of it is wrong.")
    .action(async (file: string, path: string, options: VerifyOptions) => {
      const { verify } = await import("./torrent/verify.ts");
      end(await verify(file, path, options, terminal));
    });
}
