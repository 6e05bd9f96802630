import { describe, expect, test } from "@jest/globals";
import { closeFisted, KIB, Net, type openHanded } from "../support/net.ts";

function swarm(preemptiveUnchoke: boolean, takers: number) {
  const net = new Net(256 * KIB, 64 * KIB);
  const choker = {
    choose: ({ candidates, slots }: Parameters<typeof openHanded.choose>[0]) =>
      candidates.slice(0, slots).map((peer) => ({ peer })),
  };
  const settings = { preemptiveUnchoke, slots: { rule: "fixed", slots: 2 } } as const;
  const giver = net.add({ pieces: "all", choker, settings, uplink: 10 * KIB });
  for (let at = 0; at < takers; at++) net.connect(net.add({ choker: closeFisted }), giver);
  const unchoked = () => giver.client.open.filter((one) => !one.amChoking).length;
  return { net, unchoked };
}

describe("a peer that becomes interested", () => {
  test("waits for the next round where the client decides only then", () => {
    const { net, unchoked } = swarm(false, 1);
    net.run(9_000);
    expect(unchoked()).toBe(0);
    net.run(2_000);
    expect(unchoked()).toBe(1);
  });

  test("is unchoked at once while a slot is free, and no further ones", () => {
    const { net, unchoked } = swarm(true, 4);
    net.run(1_000);
    expect(unchoked()).toBe(2);
  });
});
