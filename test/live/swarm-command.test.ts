import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { buildOnce, Command, sim } from "../support/command.ts";
import { file, newFolder, removeFolder } from "../support/folders.ts";

/** Done within seconds: libtorrent unchokes at once. */
const quick = `torrent: { size: 128 KiB, pieceLength: 32 KiB }
network: { delay: 2 ms }
peers:
  - { class: origin, role: seeder, count: 1, upload: 2 Mbit/s, download: 2 Mbit/s, profile: libtorrent-2 }
  - { class: home, count: 2, upload: 2 Mbit/s, download: 8 Mbit/s, profile: libtorrent-2, arrive: { at: 100 ms } }
stop: { atMost: 1 min }
sampleInterval: 500 ms
`;

let folder = "";

beforeAll(async () => {
  buildOnce();
  folder = await newFolder();
  await file(folder, "quick.yaml", quick);
}, 180_000);

afterAll(() => removeFolder(folder));

async function jsonOf(path: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(folder, path), "utf8")) as Record<string, unknown>;
}

/** Directories for peers' files that nobody has removed. */
async function leftovers(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith("swarmlab-live-"));
}

describe("sim live", () => {
  test("writes a run like that of sim run, which sim report draws again", async () => {
    const before = await leftovers();
    const { code, out, err } = await sim(["live", "quick.yaml", "--trace"], folder);
    expect([code, err]).toEqual([0, expect.stringMatching(/^Simulated, this takes 0:0\d\./)]);
    expect(out).toContain("What 2 peers downloaded was read again: SHA-1 is right.");
    const path = "runs/quick-live-1";
    const { isLive, command, seed } = await jsonOf(`${path}/manifest.json`);
    expect([isLive, command, seed]).toEqual([true, "sim live quick.yaml", "1"]);
    const summary = await jsonOf(`${path}/summary.json`);
    expect(summary.peers).toEqual({ total: 3, completed: 2 });
    const events = (await readFile(join(folder, path, "events.ndjson"), "utf8")).split("\n");
    expect(events.filter((line) => line.includes('"event":"completed"'))).toHaveLength(2);
    // Peers go by the numbers of the plan, as simulated ones do.
    const remotes = events.flatMap(
      (line) => /"block-received","peer":\d+,"remote":(\d+)/.exec(line)?.[1] ?? [],
    );
    expect([...new Set(remotes)].every((remote) => Number(remote) < 3)).toBe(true);
    expect((await sim(["report", path, "--quiet"], folder)).code).toBe(0);
    const page = await readFile(join(folder, path, "report.html"), "utf8");
    expect(page).not.toContain("on every machine");
    expect(await leftovers()).toEqual(before);
  }, 60_000);

  test("ended by Ctrl-C keeps what there is, and leaves no files of peers", async () => {
    const before = await leftovers();
    const slow = [
      "--set",
      "peers.*.upload=20 kbit/s",
      "--memory",
      "--no-report",
      "--out",
      "partial",
    ];
    const command = new Command(["live", "quick.yaml", ...slow], folder);
    await wait(4_000);
    command.process.kill("SIGINT");
    const { code, err } = await command.ended;
    expect(code).toBe(130);
    expect(err).toContain("What there is is marked partial: partial");
    expect((await jsonOf("partial/manifest.json")).partial).toBe(true);
    expect(await leftovers()).toEqual(before);
  }, 60_000);

  test.each([
    ["wire=bytes", "wire: messages of a live run are bytes in any case."],
    ["peers.home.count=500", "peers: 501 would come, and at most 100 can be live on one machine."],
    ["torrent.size=1 GiB", "stop.atMost: simulated this takes "],
  ])(
    "refuses --set '%s', and names the key",
    async (set, message) => {
      const more = set.startsWith("torrent") ? ["--set", "stop.atMost=2 h"] : [];
      const { code, err } = await sim(["live", "quick.yaml", "--set", set, ...more], folder);
      expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    },
    60_000,
  );
});

describe("sim compare --live", () => {
  test("sets simulated and live runs side by side, and goes on where it was", async () => {
    const args = [
      "compare",
      "quick.yaml",
      "--live",
      "--seeds",
      "1",
      "--out",
      "both",
      "--no-report",
    ];
    const { code, out, err } = await sim(args, folder);
    expect([code, err]).toEqual([0, expect.stringContaining("1 live run, one at a time: about ")]);
    expect(out).toMatch(/simulated +2 +0 .*\n +live +2 +0 /);
    expect(out).toContain("Timers were late by ");
    const again = await sim(args, folder);
    expect(again.err).toContain("2 runs found in ");
    expect(again.out).toBe(out);
  }, 60_000);

  test("says that shares are for simulations", async () => {
    const args = [
      "compare",
      "quick.yaml",
      "--live",
      "--choker",
      "tit-for-tat,random",
      "--share",
      "0,1",
    ];
    const { code, err } = await sim(args, folder);
    expect([code, err]).toEqual([2, expect.stringContaining("--live goes with --choker")]);
  });
});
