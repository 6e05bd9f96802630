import { describe, expect, test } from "@jest/globals";
import { closeFisted, KIB, Net } from "../support/net.ts";

describe("two clients and a link", () => {
  test("shake hands, say what they have, and get interested", () => {
    const net = new Net(64 * KIB, 32 * KIB);
    const seeder = net.add({ pieces: "all", choker: closeFisted });
    const leecher = net.add();
    net.connect(leecher, seeder);
    net.run(100);
    expect(net.messages).toEqual([
      "1>0 handshake",
      "0>1 handshake",
      "0>1 bitfield",
      "1>0 interested",
    ]);
    expect(leecher.to(seeder).amInterested).toBe(true);
    expect(seeder.to(leecher).peerInterested).toBe(true);
    expect(seeder.to(leecher).amChoking).toBe(true);
  });

  test("a leecher downloads a torrent whose last piece and last block are short", () => {
    const net = new Net(100_000, 32 * KIB);
    const seeder = net.add({ pieces: "all" });
    const leecher = net.add();
    net.connect(leecher, seeder);
    net.run(20_000);
    expect(leecher.client.pieces.have.isComplete).toBe(true);
    expect(leecher.client.downloaded).toBe(100_000);
    expect(seeder.client.uploaded).toBe(100_000);
    expect(net.messages).toContain("1>0 request 3 0 1696");
    expect(leecher.announces).toEqual(["started", "completed"]);
  });

  test("a client tells a peer of a piece only when the peer lacks it", () => {
    const net = new Net(64 * KIB, 32 * KIB);
    const seeder = net.add({ pieces: "all" });
    const leecher = net.add();
    const other = net.add({ choker: closeFisted });
    net.connect(leecher, seeder);
    net.connect(leecher, other);
    net.run(15_000);
    const haves = net.messages.filter((one) => one.includes(" have "));
    expect(haves).toEqual(["1>2 have 0", "1>2 have 1"]);
  });

  test("two seeders part", () => {
    const net = new Net(64 * KIB, 32 * KIB);
    const a = net.add({ pieces: "all" });
    const b = net.add({ pieces: "all" });
    net.connect(a, b);
    net.run(1_000);
    expect(a.client.connections).toHaveLength(0);
    expect(b.client.connections).toHaveLength(0);
    expect(a.log.concat(b.log)).toContain("disconnected 0 both-seeding");
  });

  test("a peer that becomes a seeder parts from the seeder that made it one", () => {
    const net = new Net(64 * KIB, 32 * KIB);
    const seeder = net.add({ pieces: "all" });
    const leecher = net.add();
    net.connect(leecher, seeder);
    net.run(30_000);
    expect(leecher.client.connections).toHaveLength(0);
    expect(seeder.client.connections).toHaveLength(0);
  });

  test("loses interest when the peer has nothing more for it", () => {
    const net = new Net(96 * KIB, 32 * KIB);
    const half = net.add({ pieces: [0] });
    const leecher = net.add();
    net.connect(leecher, half);
    net.run(15_000);
    expect(leecher.client.pieces.have.has(0)).toBe(true);
    expect(leecher.to(half).amInterested).toBe(false);
    expect(net.messages.filter((one) => one.startsWith("1>0"))).toContain("1>0 notInterested");
  });

  test("a leaving peer says goodbye to its peers and to the tracker", () => {
    const net = new Net(64 * KIB, 32 * KIB);
    const a = net.add({ pieces: [0] });
    const b = net.add({ choker: closeFisted });
    net.connect(a, b);
    net.run(1_000);
    a.client.stop();
    net.run(1_000);
    expect(a.announces.at(-1)).toBe("stopped");
    expect(b.client.connections).toHaveLength(0);
    expect(b.client.pieces.availability(0)).toBe(0);
  });
});
