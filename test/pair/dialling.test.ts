import { describe, expect, test } from "@jest/globals";
import { KIB, Net } from "../support/net.ts";

function clientWith(settings: { maxInitiate: number; maxConnections: number }) {
  const net = new Net(64 * KIB, 32 * KIB);
  const member = net.add({ settings: { ...settings, minPeers: 1, numwant: 50 } });
  return { net, member };
}

describe("a client", () => {
  test("dials while it has fewer connections than maxInitiate", () => {
    const { member } = clientWith({ maxInitiate: 3, maxConnections: 10 });
    member.client.announced([11, 12, 13, 14, 15]);
    expect(member.dialled).toEqual([11, 12, 13]);
    expect(member.client.peers.wanted).toBe(0);
    expect(member.client.peers.hasRoom).toBe(true);
    member.client.dialFailed();
    expect(member.dialled).toEqual([11, 12, 13, 14]);
  });

  test("dials no more peers than it may be connected to, however many it would dial", () => {
    const { net, member } = clientWith({ maxInitiate: 10, maxConnections: 3 });
    expect(member.client.peers.wanted).toBe(50);
    const guest = net.add();
    net.connect(guest, member);
    member.client.announced([11, 12, 13, 14, 15]);
    expect(member.dialled).toEqual([11, 12]);
    expect(member.client.peers.wanted).toBe(0);
    expect(member.client.peers.hasRoom).toBe(false);
    net.run(100);
    guest.client.stop();
    net.run(100);
    expect(member.dialled).toEqual([11, 12, 13]);
  });
});
