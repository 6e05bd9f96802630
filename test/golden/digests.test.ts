import { expect, test } from "@jest/globals";
import { parseScenario } from "../../src/scenario/parse.ts";
import { simulate } from "../../src/sim/simulate.ts";

/**
 * The digest of a scenario and a seed is the same on every machine. A change here changes what users' runs come to: it needs
 * its reason in the commit, and a line in CHANGELOG.md.
 */
const crowd = `
torrent: { size: 8 MiB, pieceLength: 128 KiB }
peers:
  - { class: origin, count: 1, role: seeder, upload: 4 Mbit/s, download: 4 Mbit/s }
  - { class: home, count: 30, upload: 1 Mbit/s, download: 8 Mbit/s, arrive: { within: 20 s } }
`;

const churn = `
torrent: { size: 5000 KiB, pieceLength: 100 KiB }
network: { delay: { exponential: 40 ms } }
peers:
  - { class: origin, count: 2, role: seeder, upload: 2 Mbit/s, download: 2 Mbit/s }
  - class: passing
    upload: { uniform: [256 kbit/s, 2 Mbit/s] }
    download: 16 Mbit/s
    arrive: { poisson: 30 per min, until: 3 min }
    leave: { session: { exponential: 90 s }, crash: true }
  - { class: nat, count: 10, upload: 1 Mbit/s, download: 8 Mbit/s, reachable: false, leave: on-completion }
  - { class: polluter, count: 1, role: seeder, upload: 1 Mbit/s, download: 1 Mbit/s, corrupts: 0.2 }
stop: { atMost: 30 min }
`;

const strategies = `
torrent: { size: 4 MiB, pieceLength: 64 KiB }
peers:
  - { class: origin, count: 1, role: seeder, upload: 4 Mbit/s, download: 4 Mbit/s, seedChoker: old-seed }
  - { class: a, count: 6, upload: 1 Mbit/s, download: 8 Mbit/s, picker: random, profile: libtorrent-2 }
  - { class: b, count: 6, upload: 1 Mbit/s, download: 8 Mbit/s, choker: round-robin, profile: transmission-3 }
  - { class: c, count: 6, upload: 1 Mbit/s, download: 8 Mbit/s, choker: random, picker: sequential }
  - { class: d, count: 6, upload: 1 Mbit/s, download: 8 Mbit/s, choker: fastest-upload, profile: azureus-2.5 }
  - { class: e, count: 3, upload: 1 Mbit/s, download: 8 Mbit/s, choker: none }
`;

test.each([
  ["a crowd", "1", "6716ab0d791e2c13", crowd],
  ["a crowd", "2", "7167f02c12f954af", crowd],
  ["churn", "1", "f1f8ea422e246883", churn],
  ["strategies and profiles", "1", "0972d36fa14621a3", strategies],
])("%s with seed %s has the digest %s", (_name, seed, digest, text) => {
  const scenario = parseScenario(text, { overrides: [`seed=${seed}`] });
  expect(simulate(scenario, { check: true }).summary.digest).toBe(digest);
  expect(simulate({ ...scenario, wire: "bytes" }).summary.digest).toBe(digest);
});
