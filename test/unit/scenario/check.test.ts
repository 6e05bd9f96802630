import { describe, expect, test } from "@jest/globals";
import { changed, complaint, dslWith, hello, topWith } from "../../support/scenario-text.ts";

const uncounted = (line: string) => dslWith(line).replace("    count: 10\n", "");

describe("peers", () => {
  test.each([
    [
      changed("class: dsl", "class: origin"),
      "9:12: peers[1].class: origin is the name of peers[0] too. Give each class its own.",
    ],
    [
      changed("role: seeder", "role: leecher"),
      "4:3: peers: has no seeder, and the leechers do not bring every piece. Add a class as { class: origin, count: 1, role: seeder, upload: 10 Mbit/s, download: 10 Mbit/s }.",
    ],
    [
      changed("count: 10", "count: 10\n    role: seeder"),
      "4:3: peers: has no leechers. Add a class without role: seeder.",
    ],
    [
      changed("count: 10", "count: 1000000"),
      "4:3: peers: are 1000001 in all, and at most 1000000 can be.",
    ],
    [
      hello.replaceAll("    upload", "    reachable: false\n    upload"),
      "4:3: peers: are all behind NAT (reachable: false), and nobody can be dialled. Take reachable: false from one class at least.",
    ],
    [
      hello.replaceAll("    upload", "    settings: { numwant: 0 }\n    upload"),
      "4:3: peers: would never dial, for maxInitiate or numwant is 0 in every class.",
    ],
    [
      changed("role: seeder", "role: seeder\n    leave: on-completion"),
      "7:12: peers.origin.leave: would make a seeder go as it comes. Write never, or { after: 10 min } to count from its arrival.",
    ],
    [
      changed("role: seeder", "role: seeder\n    pieces: { fraction: 0.5 }"),
      "7:13: peers.origin.pieces: is for leechers; a seeder brings every piece.",
    ],
    [
      dslWith("pieces: { allBut: [40] }"),
      "13:23: peers.dsl.pieces.allBut: names piece 40, and the torrent has 40: 0 to 39.",
    ],
  ])("%#", (text, message) => {
    expect(complaint(text)).toBe(`x.yaml:${message}`);
  });

  test("without a seeder must bring every piece among them", () => {
    const none = changed("role: seeder", "pieces: { allBut: [0] }");
    expect(complaint(none)).toContain("has no seeder, and nobody brings piece 0");
    expect(complaint(none.replace("10\n", "10\n    pieces: { allBut: [1] }\n"))).toBe(
      "no complaint",
    );
    expect(complaint(changed("role: seeder", "pieces: { fraction: 1 }"))).toBe("no complaint");
    expect(complaint(changed("role: seeder", "pieces: { fraction: 0.5 }"))).toContain(
      "has no seeder",
    );
  });
});

describe("arrivals", () => {
  const end = "stop: { atMost: 1 h }\n";
  test.each([
    [
      dslWith("arrive: { at: 2 h }") + end,
      "13:19: peers.dsl.arrive.at: is not before stop.atMost (1 h). Make stop.atMost longer, or let them come sooner.",
    ],
    [
      dslWith("arrive: { within: 1 h, start: 1 h }") + end,
      "13:23: peers.dsl.arrive.within: goes on until 2 h, after stop.atMost (1 h). Make stop.atMost longer, or let them come sooner.",
    ],
    [
      dslWith("arrive: { poisson: 2 per s, until: 2 h }") + end,
      "13:40: peers.dsl.arrive.until: is after stop.atMost (1 h). Make it sooner, or stop.atMost longer.",
    ],
    [
      dslWith("arrive: { poisson: 2 per s, start: 1 h, until: 1 min }"),
      "13:40: peers.dsl.arrive.start: is not before 1 min, when the last may come.",
    ],
    [
      uncounted("arrive: { poisson: 2 per s }"),
      "12:24: peers.dsl.arrive.poisson: never ends, and so does the run, which waits for everybody. Set count, arrive.until, stop.atMost or stop.when: time.",
    ],
    [
      uncounted("arrive: { decaying: 1000 per s, timeConstant: 1 h }"),
      "12:25: peers.dsl.arrive.decaying: brings about 3600000 peers, and at most 1000000 can be. Set count.",
    ],
    [
      dslWith("arrive: { decaying: 2 per s, timeConstant: 1 h, start: 2 h }") + end,
      "13:60: peers.dsl.arrive.start: is not before 1 h, when the last may come.",
    ],
    [
      uncounted("arrive: { poisson: 1000 per s, until: 20 h }"),
      "12:24: peers.dsl.arrive.poisson: brings about 72000000 peers, and at most 1000000 can be. Set count.",
    ],
    [
      uncounted("arrive: { trace: [1 s, 30 h] }"),
      "12:22: peers.dsl.arrive.trace: goes on until 30 h, after stop.atMost (1 d). Make stop.atMost longer, or write count: 1 for those who come before.",
    ],
    [
      dslWith("arrive: { trace: [1 s, 2 s] }"),
      "10:12: peers.dsl.count: is 10, and the arrival times are 2.",
    ],
  ])("%#", (text, message) => {
    expect(complaint(text)).toBe(`x.yaml:${message}`);
  });

  test.each([
    ["{ decaying: 2 per s, timeConstant: 10 min }"],
    ["{ decaying: 1000 per s, timeConstant: 1 h, until: 10 min }"],
    ["{ poisson: 2 per s }\n    count: 5"],
    ["{ poisson: 2 per s, until: 10 min }"],
    ["{ poisson: 2 per s }\nstop: { atMost: 1 h }"],
    ["{ poisson: 2 per s }\nstop: { when: time, atMost: 1 h }"],
  ])("that end: %j", (value) => {
    expect(complaint(uncounted(`arrive: ${value}`))).toBe("no complaint");
  });
});

describe("settings", () => {
  test.each([
    ["slots: 0", "13:24: peers.dsl.settings.slots: must be at least 1, and is 0."],
    [
      "slots: manline",
      '13:24: peers.dsl.settings.slots: must be a whole number, mainline, azureus or rate-based, and is "manline". Did you mean "mainline"?',
    ],
    [
      "rechokeInterval: 0 s",
      '13:34: peers.dsl.settings.rechokeInterval: "0 s" must be at least 100 ms. Write a time as in 40 ms, 60 s, 5 min.',
    ],
    [
      "maxRequestLength: 1 KiB",
      '13:35: peers.dsl.settings.maxRequestLength: "1 KiB" must be at least 16 KiB. Write a size as in 100 MiB, 256 KiB, 1 GB.',
    ],
    [
      "pipeline: { rule: seconds, seconds: 3 s, min: 5, max: 2 }",
      "13:27: peers.dsl.settings.pipeline: must have min no larger than max.",
    ],
    [
      "pipeline: { rule: sec }",
      '13:35: peers.dsl.settings.pipeline.rule: must be one of fixed, mainline, seconds, and is "sec".',
    ],
    [
      "minPeers: 100",
      "13:27: peers.dsl.settings.minPeers: is 100, and more than maxInitiate (60): it would ask the tracker again and again. Write minPeers: 60 or less.",
    ],
    [
      "maxConnections: 10",
      "13:15: peers.dsl.settings.minPeers: is 20, and more than maxConnections (10): it would ask the tracker again and again. Write minPeers: 10 or less.",
    ],
    [
      "keepAliveInterval: 10 min",
      "13:36: peers.dsl.settings.keepAliveInterval: is 10 min, and not shorter than idleTimeout (5 min): idle connections would close.",
    ],
    [
      "uploadQueueLimit: 5",
      "13:35: peers.dsl.settings.uploadQueueLimit: is 5, and peers of class dsl keep 10 requests in flight: the rest would be dropped. Make it larger, or their pipeline smaller.",
    ],
    [
      "pipeline: 251",
      // Of the class that would drop them, which says nothing of settings itself.
      "4:5: peers.origin.settings.uploadQueueLimit: is 250, and peers of class dsl keep 251 requests in flight: the rest would be dropped. Make it larger, or their pipeline smaller.",
    ],
  ])("%s", (line, message) => {
    expect(complaint(dslWith(`settings: { ${line} }`)).split("\n")[0]).toBe(`x.yaml:${message}`);
  });
});

describe("strategies", () => {
  const chokers =
    "Known: tit-for-tat, new-seed, old-seed, fastest-upload, round-robin, random, none";
  test.each([
    [
      "choker: tit-for-tta",
      '13:13: peers.dsl.choker: there is no choker called "tit-for-tta". Did you mean "tit-for-tat"?',
    ],
    [
      "choker: quantum",
      `13:13: peers.dsl.choker: there is no choker called "quantum". ${chokers}; or the path of a module: ./my-choker.ts.`,
    ],
    [
      "choker: __proto__",
      `13:13: peers.dsl.choker: there is no choker called "__proto__". ${chokers}; or the path of a module: ./my-choker.ts.`,
    ],
    [
      "seedChoker: newseed",
      '13:17: peers.dsl.seedChoker: there is no choker called "newseed". Did you mean "new-seed"?',
    ],
    [
      "picker: rarest-frist",
      '13:13: peers.dsl.picker: there is no picker called "rarest-frist". Did you mean "rarest-first"?',
    ],
  ])("%s", (line, message) => {
    expect(complaint(dslWith(line), { strategyNames: builtIn }).split("\n")[0]).toBe(
      `x.yaml:${message}`,
    );
  });

  test("by path are left to who can load them", () => {
    for (const path of ["./mine.ts", "mine.js", "../x/mine.mjs", "C:\\mine.cts"]) {
      expect(complaint(dslWith(`choker: ${path}`))).toBe("no complaint");
    }
  });
});

const builtIn = {
  chokers: [
    "tit-for-tat",
    "new-seed",
    "old-seed",
    "fastest-upload",
    "round-robin",
    "random",
    "none",
  ],
  pickers: ["rarest-first", "random", "sequential"],
};

describe("the whole", () => {
  test.each([
    [
      topWith("tracker: { interval: 1 min }"),
      "13:10: tracker.minInterval: must not be longer than interval.",
    ],
    [
      topWith("stop: { when: time }"),
      "13:7: stop.atMost: is missing. A run that ends by time needs it, as in atMost: 2 h.",
    ],
    [
      topWith("stop: { atMost: 1000 h }\nsampleInterval: 1 ms"),
      "14:17: sampleInterval: makes more than 1000000 rows by stop.atMost. Write a longer one.",
    ],
    [
      changed("size: 10 MiB", "size: 10 MiB, pieceLength: 1 B"),
      "2:39: torrent.pieceLength: makes 10485760 pieces, and at most 1048576 can be. Write a larger one.",
    ],
  ])("%#", (text, message) => {
    expect(complaint(text)).toBe(`x.yaml:${message}`);
  });
});
