import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseScenario } from "../../../src/scenario/parse.ts";
import { writeScenario } from "../../../src/scenario/write.ts";
import { arbitraryScenario } from "../../support/arbitrary-scenario.ts";
import { hello } from "../../support/scenario-text.ts";

describe("a scenario that is written", () => {
  test("reads back as the same scenario, whatever it says", () => {
    fc.assert(
      fc.property(arbitraryScenario, (scenario) => {
        expect(parseScenario(writeScenario(scenario))).toEqual(scenario);
      }),
      { numRuns: 100 },
    );
  });

  test("is written the same when it has been read back", () => {
    const written = writeScenario(parseScenario(hello));
    expect(writeScenario(parseScenario(written))).toBe(written);
  });

  test("has every default written out, in people's units", () => {
    const written = writeScenario(parseScenario(hello));
    expect(written.slice(0, written.indexOf("  - class: dsl"))).toBe(`name: hello
description: ""
seed: 1
torrent:
  size: 10 MiB
  pieceLength: 256 KiB
network:
  model: access
  delay: { uniform: [ 5 ms, 50 ms ] }
  headers: 40 B
  segment: 1460 B
tracker:
  numwant: 50
  interval: 30 min
  minInterval: 5 min
  delay: 20 ms
peers:
  - class: origin
    count: 1
    role: seeder
    upload: 8 Mbit/s
    download: 8 Mbit/s
    delay: { uniform: [ 5 ms, 50 ms ] }
    reachable: true
    corrupts: 0
    arrive: { at: 0 s }
    leave: never
    choker: tit-for-tat
    picker: rarest-first
    profile: mainline-4
    settings:
      slots: 4
      rechokeInterval: 10 s
      optimisticRounds: 3
      minUploads: 2
      newPeerWeight: 3
      preemptiveUnchoke: false
      snubTime: 1 min
      rateWindow: 20 s
      rateFudge: 5 s
      randomFirstPieces: 4
      pipeline: { rule: mainline, start: 10 }
      parole: false
      snubbedRequests: 1
      uploadQueueLimit: 250
      paceBurst: 250 ms
      maxRequestLength: 128 KiB
      maxConnections: 80
      maxInitiate: 60
      minPeers: 20
      reannounceInterval: 5 min
      numwant: 50
      announceRetryMin: 50 s
      announceRetryMax: 30 min
      announceRetryGrowth: 1.5
      dialTimeout: 30 s
      handshakeTimeout: 30 s
      keepAliveInterval: 2 min
      idleTimeout: 5 min
      maxSpares: 200
`);
  });
});
