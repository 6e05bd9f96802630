import { expect, test } from "@jest/globals";
import { charts } from "../../src/report/charts.ts";
import { parseScenario } from "../../src/scenario/parse.ts";
import { writeScenario } from "../../src/scenario/write.ts";
import { simulate } from "../../src/sim/simulate.ts";

const text = `
torrent: { size: 4 MiB, pieceLength: 64 KiB }
peers:
  - { class: origin, count: 1, role: seeder, upload: 4 Mbit/s, download: unlimited }
  - class: free
    count: 10
    upload: { preset: piatek2007 }
    download: unlimited
    arrive: { within: 10 s }
    leave: { session: { exponential: 5 min }, crash: true }
  - class: linked
    count: 10
    link: { values: [{ download: 8 Mbit/s, upload: 1 Mbit/s }, { download: unlimited, upload: 2 Mbit/s }] }
    leave: on-completion
stop: { atMost: 30 min }
`;

test.each(["direct", "bytes"])(
  "a swarm with unlimited downlinks keeps its books, with wire: %s",
  (wire) => {
    const scenario = parseScenario(text, { overrides: [`wire=${wire}`] });
    const result = simulate(scenario, { check: true });
    expect(result.summary.peers.completed).toBeGreaterThan(10);
    const linked = result.peers.filter((peer) => peer.class === "linked");
    for (const peer of linked) {
      const isFast = peer.uploadCapacityBytesPerSecond === 250_000;
      expect(peer.downloadCapacityBytesPerSecond).toBe(
        isFast ? Number.POSITIVE_INFINITY : 1_000_000,
      );
    }
    for (const row of result.samples) {
      expect(row.downloadBytesPerSecond).not.toBeNaN();
      if (row.class !== "linked") expect(row.downlinkUtilisation).toBeNull();
    }
    for (const { view, title } of charts(result)) {
      expect(JSON.stringify(view)).not.toContain("NaN");
      expect(title).not.toMatch(/NaN|Infinity/);
    }
    const written = parseScenario(writeScenario(scenario));
    expect(simulate(written).summary.digest).toBe(result.summary.digest);
  },
);

test("the bound with unlimited downlinks is that of the uplinks", () => {
  const bounded = parseScenario(text, {
    overrides: [
      "peers.free.leave=never",
      "peers.free.upload=1 Mbit/s",
      "peers.linked.link={ values: [{ upload: 1 Mbit/s, download: unlimited }] }",
    ],
  });
  const { bound } = simulate(bounded).summary;
  const size = 4 * 2 ** 20;
  // 4 Mbit/s of the origin and 20 times 1 Mbit/s, for 20 leechers
  expect(bound.minimumDistributionSeconds).toBeCloseTo(
    Math.max(size / 500_000, (20 * size) / 3_000_000),
    9,
  );
  expect(bound.ratio).toBeGreaterThan(1);
});
