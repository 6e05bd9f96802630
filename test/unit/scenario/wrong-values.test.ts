import { describe, expect, test } from "@jest/globals";
import { changed, complaint, dslWith, topWith } from "../../support/scenario-text.ts";

describe("a quantity", () => {
  test.each([
    [
      "upload: 10",
      "x.yaml:11:13: peers.dsl.upload: lacks its unit: write a rate as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s, not 10.",
    ],
    [
      'upload: "10"',
      'x.yaml:11:13: peers.dsl.upload: "10" lacks its unit. Write it as in 10 Mbit/s.',
    ],
    [
      "upload: 10 mb/s",
      'x.yaml:11:13: peers.dsl.upload: "10 mb/s" may mean bits or bytes per second. Write 10 Mbit/s for bits, or 10 MB/s for bytes.',
    ],
    [
      "upload: 0 bit/s",
      'x.yaml:11:13: peers.dsl.upload: "0 bit/s" must be above 0 bit/s. Write a rate as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s.',
    ],
    [
      "upload: 1e30 bit/s",
      'x.yaml:11:13: peers.dsl.upload: "1e30 bit/s" must be at most 1 Tbit/s. Write a rate as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s.',
    ],
    [
      "upload: -1 Mbit/s",
      'x.yaml:11:13: peers.dsl.upload: "-1 Mbit/s" is negative. Write it as in 10 Mbit/s.',
    ],
    [
      "upload: .inf",
      "x.yaml:11:13: peers.dsl.upload: must be a rate as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s, and is Infinity.",
    ],
    [
      "upload: .nan",
      "x.yaml:11:13: peers.dsl.upload: must be a rate as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s, and is NaN.",
    ],
    [
      "upload:",
      "x.yaml:11:12: peers.dsl.upload: must be a rate as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s, and is empty. Give it a value, or leave the key out.",
    ],
    [
      "upload: [1 Mbit/s, 2 Mbit/s]",
      "x.yaml:11:13: peers.dsl.upload: must be one value with its unit, or { uniform | values | table | file | preset: … }, and is a list of 2.",
    ],
    [
      "upload: {}",
      "x.yaml:11:13: peers.dsl.upload: must have exactly one of uniform, values, table, file, preset; none is given.",
    ],
    [
      "upload: { uniform: [1 Mbit/s, 2 Mbit/s], values: [1 Mbit/s] }",
      "x.yaml:11:13: peers.dsl.upload: must have exactly one of uniform, values, table, file, preset; uniform and values are given.",
    ],
    [
      "upload: { uniform: [2 Mbit/s, 1 Mbit/s] }",
      "x.yaml:11:24: peers.dsl.upload.uniform: must have the smaller value first.",
    ],
    [
      "upload: { uniform: 1 Mbit/s }",
      'x.yaml:11:24: peers.dsl.upload.uniform: must be a list of two values, and is "1 Mbit/s".',
    ],
    [
      "upload: { values: [1 Mbit/s, 2] }",
      "x.yaml:11:34: peers.dsl.upload.values[1]: lacks its unit: write a rate as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s, not 2.",
    ],
    [
      "upload: { values: [{ value: 2 Mbit/s, weight: 0 }] }",
      "x.yaml:11:51: peers.dsl.upload.values[0].weight: must be above 0, and is 0.",
    ],
    [
      "upload: { table: [[0, 1 Mbit/s], [0.5, 2 Mbit/s]] }",
      "x.yaml:11:38: peers.dsl.upload.table[1]: must have share 1, being the last point.",
    ],
    [
      "upload: { table: [[0.5, 1 Mbit/s], [0.2, 2 Mbit/s], [1, 3 Mbit/s]] }",
      "x.yaml:11:40: peers.dsl.upload.table[1]: must not be smaller than the point before, neither in share nor in value.",
    ],
  ])("%s", (line, message) => {
    expect(complaint(changed("upload: 1 Mbit/s", line))).toBe(message);
  });

  test.each([
    [
      "delay: 5 MiB",
      'x.yaml:13:12: peers.dsl.delay: "5 MiB" is a size, and not a time. Write it as in 40 ms, 60 s, 5 min.',
    ],
    [
      "delay: 61 s",
      'x.yaml:13:12: peers.dsl.delay: "61 s" must be at most 60 s. Write a time as in 40 ms, 60 s, 5 min.',
    ],
    [
      "arrive: { poisson: 2 }",
      "x.yaml:13:24: peers.dsl.arrive.poisson: lacks its unit: write a number of peers per time as in 2 per s, 30 per min, not 2.",
    ],
    [
      "settings: { rechokeInterval: 10 }",
      "x.yaml:13:34: peers.dsl.settings.rechokeInterval: lacks its unit: write a time as in 40 ms, 60 s, 5 min, not 10.",
    ],
  ])("%s", (line, message) => {
    expect(complaint(dslWith(line))).toBe(message);
  });

  test.each([
    ["0 B", '"0 B" must be above 0 B. Write a size as in 100 MiB, 256 KiB, 1 GB.'],
    ["0.5 B", "must be a whole number of bytes."],
    ["1e30 B", '"1e30 B" must be at most 1000 TiB. Write a size as in 100 MiB, 256 KiB, 1 GB.'],
    ["10485760", "lacks its unit: write a size as in 100 MiB, 256 KiB, 1 GB, not 10485760."],
  ])("size: %s", (size, message) => {
    expect(complaint(changed("10 MiB", size))).toBe(`x.yaml:2:18: torrent.size: ${message}`);
  });
});

describe("a number, a word or a list", () => {
  test.each([
    ["count: 0", "must be at least 1, and is 0."],
    ["count: 1.5", "must be a whole number, and is 1.5."],
    ["count: 1e30", "must be at most 1000000, and is 1e+30."],
    ["count: .inf", "must be a whole number, or unlimited, and is Infinity."],
    ['count: "10"', 'must be a whole number, or unlimited, and is "10". Write it without quotes.'],
    ["count: 1_000", 'must be a whole number, or unlimited, and is "1_000". Write 1000.'],
    [
      "count: unlimted",
      'must be a whole number, or unlimited, and is "unlimted". Did you mean "unlimited"?',
    ],
    ["count: unlimited", "can be unlimited only with arrive: { poisson: … } or { decaying: … }."],
  ])("%s", (line, message) => {
    expect(complaint(changed("count: 10", line))).toBe(`x.yaml:10:12: peers.dsl.count: ${message}`);
  });

  test.each([
    [
      "role: seed",
      '13:11: peers.dsl.role: must be one of leecher, seeder, and is "seed". Did you mean "seeder"?',
    ],
    ["reachable: no", '13:16: peers.dsl.reachable: must be true or false, and is "no".'],
    ["corrupts: 5%", '13:15: peers.dsl.corrupts: must be a number, and is "5%". Write 0.05.'],
    ["corrupts: 2", "13:15: peers.dsl.corrupts: must be at most 1, and is 2."],
    [
      "leave: on-complete",
      '13:12: peers.dsl.leave: must be never, on-completion, rejoin, or { after, session, crash, rejoin }, and is "on-complete". Did you mean "on-completion"?',
    ],
    [
      "leave: 5 min",
      '13:12: peers.dsl.leave: must be never, on-completion, rejoin, or { after, session, crash, rejoin }, and is "5 min".',
    ],
    ["leave: { crash: true }", "13:12: peers.dsl.leave: must have after, session or both."],
    [
      "pieces: all",
      '13:13: peers.dsl.pieces: must be none, { allBut: […] } or { fraction: … }, and is "all".',
    ],
    [
      "arrive: { at: 1 s, within: 1 s }",
      "13:13: peers.dsl.arrive: must have exactly one of at, within, poisson, decaying, trace; at and within are given.",
    ],
    ["arrive: 5 s", '13:13: peers.dsl.arrive: must be a mapping of keys to values, and is "5 s".'],
    [
      "arrive: { at: 1 s, start: 1 s }",
      "13:31: peers.dsl.arrive.start: goes with within, poisson and decaying only.",
    ],
    [
      "arrive: { trace: [1 s], until: 1 s }",
      "13:36: peers.dsl.arrive.until: goes with poisson and decaying only.",
    ],
    [
      "choker: 5",
      "13:13: peers.dsl.choker: must be a name, the path of a module, or { name, options }, and is 5.",
    ],
    ["choker: {}", "13:13: peers.dsl.choker.name: is missing. It must be a text."],
    [
      "choker: { name: none, options: { a: [1] } }",
      "13:41: peers.dsl.choker.options.a: must be a number, a text, true or false, and is a list of 1.",
    ],
    [
      "profile: mainline",
      '13:14: peers.dsl.profile: must be one of mainline-4, azureus-2.5, libtorrent-2, transmission-3, and is "mainline". Did you mean "mainline-4"?',
    ],
    [
      "settings:",
      "13:14: peers.dsl.settings: must be a mapping of keys to values, and is empty. Give it a value, or leave the key out.",
    ],
  ])("%s", (line, message) => {
    expect(complaint(dslWith(line))).toBe(`x.yaml:${message}`);
  });

  test.each([
    ["seed: .nan", "13:7: seed: must be a number or a word, and is NaN."],
    [
      "seed: 123456789012345678901234",
      "13:7: seed: has more digits than a number keeps. Write it in quotes.",
    ],
    ["description: 3", '13:14: description: must be a text, and is 3. Write it in quotes: "3".'],
    [
      "network: { model: acces }",
      '13:19: network.model: must be access, and is "acces". Did you mean "access"?',
    ],
    [
      "network: { headers: maybe }",
      '13:21: network.headers: must be on, off, or a size as in 40 B, and is "maybe".',
    ],
    [
      "network: { headers: 40 }",
      "13:21: network.headers: lacks its unit: write a size as in 100 MiB, 256 KiB, 1 GB, not 40.",
    ],
    ["tracker: { numwant: 0 }", "13:21: tracker.numwant: must be at least 1, and is 0."],
    [
      "wire: byte",
      '13:7: wire: must be one of direct, bytes, and is "byte". Did you mean "bytes"?',
    ],
    [
      "stop: all-complete",
      '13:7: stop: must be a mapping of keys to values, and is "all-complete".',
    ],
  ])("%s", (line, message) => {
    expect(complaint(topWith(line))).toBe(`x.yaml:${message}`);
  });

  test.each([
    ["class: my dsl", "must be letters, digits, - and _ only."],
    ["class: a.b", "must be letters, digits, - and _ only."],
    ["class: 5", 'must be a text, and is 5. Write it in quotes: "5".'],
  ])("%s", (line, message) => {
    expect(complaint(changed("class: dsl", line))).toBe(`x.yaml:9:12: peers[1].class: ${message}`);
  });

  test("a name with control characters", () => {
    expect(complaint(changed("name: hello", 'name: "a\\u001b[31m"'))).toBe(
      "x.yaml:1:7: name: must be one line without control characters.",
    );
  });
});
