import { describe, expect, test } from "@jest/globals";
import { Bitfield } from "../../../src/core/bitfield.ts";
import type { RevealChoice } from "../../../src/engine/picker.ts";
import { profiles } from "../../../src/engine/profiles.ts";
import { builtInStrategies } from "../../../src/strategies/built-in.ts";
import { createPicker } from "../../../src/strategies/create.ts";
import { builtInChoker, scripted } from "../../support/built-in.ts";
import { stoppedClock } from "../../support/neighbours.ts";

describe.each(["bitthief", "large-view"])("%s", (name) => {
  test("unchokes nobody, neither as a leecher nor when it is complete", () => {
    for (const isSeeding of [false, true]) {
      const { client } = scripted(name, { isSeeding });
      expect(client.timer()).toEqual([]);
      expect(client.event()).toEqual([]);
    }
  });

  test("wants more peers than there are, and asks the tracker whenever it may", () => {
    const { settings } = builtInStrategies.chokers.get(name) ?? {};
    const { maxConnections = 0, maxInitiate = 0, minPeers = 0, numwant = 0 } = settings ?? {};
    expect(Math.min(maxConnections, maxInitiate, minPeers, numwant)).toBeGreaterThanOrEqual(10_000);
    // Or a scenario with these settings written out would be refused.
    expect(minPeers).toBeLessThanOrEqual(Math.min(maxConnections, maxInitiate));
    expect(settings?.reannounceInterval).toBe(1_000);
  });
});

describe("large-view that gives tit-for-tat", () => {
  const options = { gives: "tit-for-tat" };

  test("unchokes as tit-for-tat does", () => {
    const large = scripted("large-view", { options });
    const usual = scripted("tit-for-tat");
    for (let round = 0; round < 12; round++) {
      for (const { peers } of [large, usual]) {
        for (const peer of peers) peer.downloadRate = (peer.number * 7 + round * 5) % 11;
      }
      expect(large.client.timer()).toEqual(usual.client.timer());
    }
  });

  test("unchokes as new-seed does when it is complete", () => {
    const large = scripted("large-view", { options, isSeeding: true });
    const usual = scripted("new-seed", { isSeeding: true });
    for (let round = 0; round < 12; round++) {
      expect(large.client.timer()).toEqual(usual.client.timer());
    }
    for (const { client, peer } of [large, usual]) client.leave(peer(5));
    expect(large.client.timer()).toEqual(usual.client.timer());
  });

  test("refuses to give anything else", () => {
    expect(() => builtInChoker("large-view", { gives: "much" })).toThrow(
      'Option "gives" of "large-view" must be one of none, tit-for-tat, and is "much".',
    );
  });
});

describe("the picker bitthief", () => {
  const picker = createPicker(
    builtInStrategies,
    { name: "bitthief", options: {} },
    profiles["mainline-4"],
    { peer: "thief/0", clock: stoppedClock },
  );

  test("never shows what it has", () => {
    const hidden = new Bitfield(8);
    hidden.setAll();
    expect(picker.reveal?.({ hidden } as unknown as RevealChoice)).toBe(-1);
  });

  test("takes any piece, also the first ones", () => {
    expect(picker.ownFirstPieces).toBe(true);
    const candidates = new Bitfield(8);
    candidates.set(2);
    candidates.set(6);
    const random = { next: () => 0.7 };
    const choice = { candidates, pieceCount: 8, completed: 0, availability: () => 1, random };
    expect(picker.pick(choice)).toBe(6);
  });
});
