import { describe, expect, test } from "@jest/globals";
import { pipelineDepth } from "../../../src/engine/pipeline.ts";
import { defaultProfile, profileSeedChokers, profiles } from "../../../src/engine/profiles.ts";
import { uploadSlots } from "../../../src/engine/slots.ts";
import { parseScenario } from "../../../src/scenario/parse.ts";
import { writeScenario } from "../../../src/scenario/write.ts";
import { builtInStrategies } from "../../../src/strategies/built-in.ts";
import { MBIT, origin, peerClass, scenario } from "../../support/scenarios.ts";

const names = Object.keys(profiles) as (keyof typeof profiles)[];
const strategyNames = {
  chokers: [...builtInStrategies.chokers.keys()],
  pickers: [...builtInStrategies.pickers.keys()],
};

describe.each(names)("the profile %s", (name) => {
  const settings = profiles[name];

  test("passes every check of a scenario that writes its constants out", () => {
    // Its own peers, and those of the other profiles that they meet.
    const home = peerClass("home", { profile: name, settings });
    const others = names.map((other, i) =>
      peerClass(`other${i}`, { profile: other, settings: profiles[other] }),
    );
    const written = writeScenario(scenario([origin({ profile: name, settings }), home, ...others]));
    const [, parsed] = parseScenario(written, { strategyNames }).peers;
    expect(parsed?.settings).toEqual(settings);
  });

  test("has bounds that leave room for what is within them", () => {
    expect(settings.maxInitiate).toBeLessThanOrEqual(settings.maxConnections);
    expect(settings.minPeers).toBeLessThanOrEqual(settings.maxInitiate);
    expect(settings.maxSpares).toBeGreaterThanOrEqual(settings.numwant);
    expect(settings.minUploads).toBeLessThanOrEqual(uploadSlots(settings.slots, MBIT, []));
    expect(settings.announceRetryMin).toBeLessThan(settings.announceRetryMax);
    expect(settings.announceRetryGrowth).toBeGreaterThan(1);
    expect(settings.maxRequestLength).toBeGreaterThanOrEqual(16_384);
  });

  test("has times in the order in which they must run out", () => {
    expect(settings.rechokeInterval).toBeLessThan(settings.snubTime);
    expect(settings.snubTime).toBeLessThan(settings.idleTimeout);
    expect(settings.keepAliveInterval).toBeLessThan(settings.idleTimeout);
    expect(settings.rateFudge).toBeLessThan(settings.rateWindow);
    expect(settings.optimisticRounds * settings.rechokeInterval).toBeLessThanOrEqual(40_000);
  });

  test("keeps no more requests in flight at 8 Mbit/s than its kind keeps queued", () => {
    const depth = pipelineDepth(settings.pipeline, 8 * MBIT, 200);
    expect(depth).toBeGreaterThan(1);
    expect(depth).toBeLessThanOrEqual(settings.uploadQueueLimit);
  });

  test("names a seed choker that there is and that serves seeders", () => {
    const choker = builtInStrategies.chokers.get(profileSeedChokers[name]);
    expect(choker).toBeDefined();
    expect(choker?.leecherOnly ?? false).toBe(false);
  });
});

test("a peer is a mainline client when nothing else is said", () => {
  expect(defaultProfile).toBe("mainline-4");
  expect(names).toContain(defaultProfile);
});
