import { describe, expect, test } from "@jest/globals";
import type { Choker } from "../../src/engine/choker.ts";
import { closeFisted, KIB, type Member, Net } from "../support/net.ts";

/** Unchokes whom `isServed` says, now. */
function switchable(): Choker & { isOn: boolean } {
  return {
    isOn: true,
    choose({ candidates, slots }) {
      return this.isOn ? candidates.slice(0, slots).map((peer) => ({ peer })) : [];
    },
  };
}

function inFlight(member: Member, other: Member): number {
  return member.to(other).inFlight;
}

describe("requests", () => {
  test("asks for what a choking peer owed from another one", () => {
    const net = new Net(256 * KIB, 256 * KIB);
    const choker = switchable();
    const first = net.add({ pieces: "all", choker });
    const second = net.add({ pieces: "all" });
    first.isUploading = false;
    second.isUploading = false;
    const leecher = net.add({ settings: { pipeline: { rule: "fixed", requests: 8 } } });
    net.connect(leecher, first);
    net.run(11_000);
    expect(inFlight(leecher, first)).toBe(8);
    net.connect(leecher, second);
    net.run(11_000);
    expect(inFlight(leecher, second)).toBe(8);
    choker.isOn = false;
    net.run(11_000);
    expect(leecher.to(first).peerChoking).toBe(true);
    expect(inFlight(leecher, first)).toBe(0);
    second.isUploading = true;
    net.run(15_000);
    expect(leecher.client.pieces.have.isComplete).toBe(true);
  });

  test("a peer that was unchoked before it wanted anything asks as soon as it does", () => {
    const net = new Net(64 * KIB, 32 * KIB);
    const everyone: Choker = {
      unlimited: true,
      choose: ({ neighbours }) => neighbours.map((peer) => ({ peer })),
    };
    const source = net.add({ pieces: "all", uplink: 50_000 });
    const middle = net.add({ choker: everyone });
    const end = net.add();
    net.connect(middle, end);
    net.run(15_000);
    expect(end.to(middle).peerChoking).toBe(false);
    expect(end.to(middle).amInterested).toBe(false);
    net.connect(middle, source);
    net.run(9_000); // before the next round of anyone
    expect(middle.client.pieces.have.count).toBeGreaterThan(0);
    expect(net.messages.filter((one) => one.startsWith("2>1 request"))).not.toHaveLength(0);
  });

  test("asks for what a lost peer owed from another one", () => {
    const net = new Net(256 * KIB, 256 * KIB);
    const first = net.add({ pieces: "all" });
    const second = net.add({ pieces: "all" });
    first.isUploading = false;
    const leecher = net.add({ settings: { pipeline: { rule: "fixed", requests: 16 } } });
    net.connect(leecher, first);
    net.connect(leecher, second);
    second.isUploading = false;
    net.run(11_000);
    first.client.stop();
    second.isUploading = true;
    net.run(15_000);
    expect(leecher.client.pieces.have.isComplete).toBe(true);
  });

  test("snubs a peer that unchoked us and sends nothing for the snub time, and asks others", () => {
    const net = new Net(256 * KIB, 256 * KIB);
    const silent = net.add({ pieces: "all" });
    silent.isUploading = false;
    const leecher = net.add({ settings: { pipeline: { rule: "fixed", requests: 16 } } });
    net.connect(leecher, silent);
    net.run(65_000);
    expect(leecher.log).not.toContain("snubbed 0");
    net.run(20_000);
    expect(leecher.log).toContain("snubbed 0");
    expect(net.messages.filter((one) => one.startsWith("1>0 cancel"))).toHaveLength(16);
    expect(inFlight(leecher, silent)).toBe(1);
    const other = net.add({ pieces: "all" });
    net.connect(leecher, other);
    net.run(15_000);
    expect(leecher.client.pieces.have.isComplete).toBe(true);
  });

  test("in endgame asks every peer for what is in flight, and cancels what came", () => {
    const net = new Net(64 * KIB, 64 * KIB);
    const silent = net.add({ pieces: "all" });
    silent.isUploading = false;
    const leecher = net.add({ settings: { pipeline: { rule: "fixed", requests: 4 } } });
    net.connect(leecher, silent);
    net.run(11_000);
    expect(inFlight(leecher, silent)).toBe(4);
    expect(leecher.log).toContain("endgame");
    const helper = net.add({ pieces: "all" });
    net.connect(leecher, helper);
    net.run(12_000);
    expect(leecher.client.pieces.have.isComplete).toBe(true);
    const cancels = net.messages.filter((one) => one.startsWith("1>0 cancel"));
    expect(cancels).toHaveLength(4);
    expect(leecher.client.downloads.wasted).toBe(0);
  });

  test("asks a peer again, all of whose requests were cancelled in endgame, when the piece turns out wrong", () => {
    const net = new Net(64 * KIB, 64 * KIB);
    const silent = net.add({ pieces: "all" });
    silent.isUploading = false;
    const leecher = net.add({ settings: { pipeline: { rule: "fixed", requests: 4 } } });
    leecher.badPieces.add(0);
    net.connect(leecher, silent);
    net.run(11_000);
    const polluter = net.add({ pieces: "all" });
    net.connect(leecher, polluter);
    net.run(12_000);
    expect(net.messages.filter((one) => one.startsWith("1>0 cancel"))).toHaveLength(4);
    expect(leecher.log).toContain("banned 2");
    silent.isUploading = true;
    net.run(11_000);
    expect(leecher.client.pieces.have.isComplete).toBe(true);
  });

  test("a block that comes twice is counted as waste", () => {
    const net = new Net(64 * KIB, 64 * KIB, 200);
    const a = net.add({ pieces: "all" });
    const b = net.add({ pieces: "all" });
    const leecher = net.add({ settings: { pipeline: { rule: "fixed", requests: 4 } } });
    net.connect(leecher, a);
    net.connect(leecher, b);
    net.run(30_000);
    expect(leecher.client.pieces.have.isComplete).toBe(true);
    expect(leecher.client.downloads.wasted).toBe(leecher.client.downloaded - 64 * KIB);
    expect(leecher.client.downloads.wasted).toBeGreaterThan(0);
  });

  test("adapts the pipeline to the connection's rate", () => {
    const net = new Net(64 * 1024 * KIB, 256 * KIB, 100);
    const fast = net.add({ pieces: "all", uplink: 4_000_000 });
    const leecher = net.add();
    net.connect(leecher, fast);
    net.run(10_500);
    expect(inFlight(leecher, fast)).toBeLessThanOrEqual(10);
    net.run(6_000);
    expect(inFlight(leecher, fast)).toBeGreaterThanOrEqual(50);
    const before = leecher.client.downloaded;
    net.run(5_000);
    const rate = (leecher.client.downloaded - before) / 5;
    expect(rate).toBeGreaterThan(0.95 * 4_000_000);
  });

  test("counts the blocks of a turn anew after each choke: a pipeline that starts small starts so again", () => {
    const net = new Net(512 * KIB, 256 * KIB);
    const seeder = net.add({ pieces: "all", uplink: 64 * KIB });
    const leecher = net.add();
    net.connect(leecher, seeder);
    net.run(13_000);
    const { handle } = leecher.to(seeder);
    expect(leecher.client.cells.blocksThisTurn(handle)).toBeGreaterThan(4);
    net.speakers.get(seeder.to(leecher).handle)?.choke();
    net.run(net.delay);
    expect(leecher.client.cells.blocksThisTurn(handle)).toBe(0);
  });

  test("a fixed pipeline caps a connection at pipeline x block / round trip (A32)", () => {
    const net = new Net(64 * 1024 * KIB, 256 * KIB, 100);
    const fast = net.add({ pieces: "all", uplink: 10_000_000 });
    const leecher = net.add({ settings: { pipeline: { rule: "fixed", requests: 5 } } });
    net.connect(leecher, fast);
    net.run(12_000);
    const before = leecher.client.downloaded;
    net.run(20_000);
    const rate = (leecher.client.downloaded - before) / 20;
    expect(rate).toBeGreaterThan(0.98 * 409_600);
    expect(rate).toBeLessThan(1.02 * 409_600);
  });
});

describe("of a seeder", () => {
  test("pieces under way elsewhere are asked for last", () => {
    const net = new Net(256 * KIB, 64 * KIB);
    const settings = { pipeline: { rule: "fixed", requests: 2 } } as const;
    const own = net.add({ choker: closeFisted, settings });
    const leecher = net.add({ pieces: [0] });
    const seeder = net.add({ pieces: "all" });
    leecher.isUploading = false;
    net.connect(own, leecher);
    net.run(11_000);
    expect(net.messages).toContain("0>1 request 0 0 16384");
    expect(inFlight(own, leecher)).toBe(2); // and two blocks of piece 0 are free
    net.connect(own, seeder);
    net.run(11_000);
    const asked = net.messages.filter((one) => one.startsWith("0>2 request"));
    const pieces = asked.map((one) => one.split(" ")[2]);
    expect(pieces.slice(0, 12)).not.toContain("0");
    expect(own.client.pieces.have.has(1)).toBe(true);
  });
});
