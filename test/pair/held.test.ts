import { describe, expect, test } from "@jest/globals";
import { closeFisted, KIB, type Member, Net } from "../support/net.ts";

/** A seeder whose uplink sends a block in 100 ms, and two that want everything. */
function trio() {
  const net = new Net(1_024 * KIB, 64 * KIB);
  const giver = net.add({ pieces: "all", uplink: 160 * KIB });
  const takers = [net.add({ choker: closeFisted }), net.add({ choker: closeFisted })] as const;
  for (const taker of takers) net.connect(taker, giver);
  return { net, giver, takers };
}

function hold(giver: Member, taker: Member): void {
  giver.client.arenas.uploads.hold(giver.client.row, giver.to(taker).handle);
}

function resume(giver: Member, taker: Member): void {
  giver.client.arenas.uploads.resume(giver.client.row, giver.to(taker).handle);
}

describe("a link that is full", () => {
  test("is passed over, and keeps what it asked for", () => {
    const { net, giver, takers } = trio();
    net.run(12_000);
    hold(giver, takers[0]);
    const before = takers.map((one) => one.client.downloaded);
    net.run(2_000);
    const gained = takers.map((one, at) => one.client.downloaded - (before[at] as number));
    expect(gained[0]).toBeLessThanOrEqual(16 * KIB); // what was on its way
    expect(gained[1]).toBeGreaterThan(200 * KIB);
    expect(giver.to(takers[0]).queuedRequests).toBeGreaterThan(0);
  });

  test("goes on when it has room again", () => {
    const { net, giver, takers } = trio();
    net.run(12_000);
    hold(giver, takers[0]);
    hold(giver, takers[0]);
    net.run(1_000);
    resume(giver, takers[0]);
    resume(giver, takers[0]);
    net.run(60_000);
    expect(takers.map((one) => one.client.pieces.have.isComplete)).toEqual([true, true]);
  });

  test("may be choked, cancelled and closed while it is full", () => {
    const { net, giver, takers } = trio();
    net.run(12_000);
    hold(giver, takers[0]);
    const say = net.speakers.get(takers[0].to(giver).handle);
    for (let piece = 0; piece < 16; piece++) say?.cancel(piece, 0, 16 * KIB);
    net.run(100);
    takers[0].client.stop();
    net.run(60_000);
    expect(takers[1].client.pieces.have.isComplete).toBe(true);
  });
});
