import { describe, expect, test } from "@jest/globals";
import type { FastMessages, PeerMessages } from "../../src/wire/messages.ts";
import {
  closeFisted,
  KIB,
  type Member,
  type MemberOptions,
  Net,
  openHanded,
} from "../support/net.ts";

/** A seeder and a leecher; what each says to the other is in `net.messages`. */
function pair(seeder: MemberOptions = {}, leecher: MemberOptions = {}) {
  const net = new Net(256 * KIB, 64 * KIB);
  const giver = net.add({ pieces: "all", isFast: true, ...seeder });
  const taker = net.add({ choker: closeFisted, isFast: true, ...leecher });
  net.connect(taker, giver);
  return { net, giver, taker };
}

function said(net: Net, from: Member, what: string): string[] {
  return net.messages.filter((one) => one.startsWith(`${from.number}>`) && one.includes(what));
}

describe("BEP 6, between two that offer it", () => {
  test("who has all or nothing says so, and sends no bitfield", () => {
    const { net, giver, taker } = pair();
    net.run(100);
    expect(said(net, giver, "have")).toEqual(["0>1 haveAll"]);
    expect(said(net, taker, "have")).toEqual(["1>0 haveNone"]);
    expect(net.messages.filter((one) => one.includes("bitfield"))).toEqual([]);
    expect(taker.to(giver).isSeeding).toBe(true);
  });

  test("who has some pieces sends a bitfield", () => {
    const { net, taker } = pair({}, { pieces: [1] });
    net.run(100);
    expect(said(net, taker, "have")).toEqual([]);
    expect(said(net, taker, "bitfield")).toHaveLength(1);
  });

  test("a whole download goes as without it", () => {
    const { net, taker } = pair();
    net.run(60_000);
    expect(taker.client.pieces.have.isComplete).toBe(true);
    expect(taker.client.downloads.wasted).toBe(0);
  });

  test("who chokes rejects what waits, after the choke", () => {
    let isOpen = true;
    const { net, giver, taker } = pair({
      choker: { unlimited: true, choose: (round) => (isOpen ? openHanded.choose(round) : []) },
    });
    giver.isUploading = false;
    net.run(11_000);
    const asked = said(net, taker, "request").length;
    expect(asked).toBeGreaterThan(1);
    isOpen = false;
    net.run(10_000);
    const words = net.messages.filter((one) => /^0>1 (choke|rejectRequest)/.test(one));
    expect(words[0]).toBe("0>1 choke");
    expect(words).toHaveLength(1 + asked);
    expect(taker.to(giver).inFlight).toBe(0);
  });

  test("a request of somebody who is choked is rejected", () => {
    const { net, giver, taker } = pair({ choker: closeFisted });
    net.run(100);
    (net.speakers.get(taker.to(giver).handle) as PeerMessages).request(1, 0, 16 * KIB);
    net.run(100);
    expect(said(net, giver, "rejectRequest")).toEqual(["0>1 rejectRequest 1 0 16384"]);
  });

  test("a cancelled request is answered with a reject", () => {
    const { net, giver, taker } = pair();
    giver.isUploading = false;
    net.run(11_000);
    const [, piece, begin] =
      /request (\d+) (\d+)/.exec(said(net, taker, "request")[0] as string) ?? [];
    (net.speakers.get(taker.to(giver).handle) as PeerMessages).cancel(
      Number(piece),
      Number(begin),
      16 * KIB,
    );
    net.run(100);
    expect(said(net, giver, "rejectRequest")).toEqual([
      `0>1 rejectRequest ${piece} ${begin} 16384`,
    ]);
  });

  test("what one peer rejects is asked of another", () => {
    const net = new Net(64 * KIB, 64 * KIB);
    const first = net.add({ pieces: "all", isFast: true });
    const second = net.add({ pieces: "all", isFast: true });
    const taker = net.add({ choker: closeFisted, isFast: true });
    first.isUploading = false;
    second.isUploading = false;
    net.connect(taker, first);
    net.run(11_000);
    net.connect(taker, second);
    net.run(11_000);
    const say = net.speakers.get(first.to(taker).handle) as FastMessages;
    for (let block = 0; block < 4; block++) say.rejectRequest(0, block * 16 * KIB, 16 * KIB);
    first.isUploading = false;
    second.isUploading = true;
    net.run(1_000);
    expect(taker.client.pieces.have.isComplete).toBe(true);
  });

  test("who rejects everything is not asked again before the next sweep, and then is", () => {
    const { net, giver, taker } = pair();
    giver.isUploading = false;
    net.run(10_200);
    const asked = said(net, taker, "request");
    const say = net.speakers.get(giver.to(taker).handle) as FastMessages;
    for (const one of asked) {
      const [, piece, begin] = /request (\d+) (\d+)/.exec(one) ?? [];
      say.rejectRequest(Number(piece), Number(begin), 16 * KIB);
    }
    net.run(5_000);
    expect(said(net, taker, "request")).toHaveLength(asked.length);
    giver.isUploading = true;
    net.run(30_000);
    expect(taker.client.pieces.have.isComplete).toBe(true);
  });

  test("a reject of what was never asked changes nothing", () => {
    const { net, giver, taker } = pair();
    net.run(100);
    const say = net.speakers.get(giver.to(taker).handle) as FastMessages;
    say.rejectRequest(99, 5, 1);
    say.rejectRequest(0, 7, 16 * KIB);
    net.run(30_000);
    expect(taker.client.pieces.have.isComplete).toBe(true);
  });
});

test("nobody speaks BEP 6 to a peer that does not offer it", () => {
  const { net, giver, taker } = pair({}, { isFast: false });
  giver.isUploading = false;
  net.run(20_000);
  taker.client.stop();
  net.run(1_000);
  const fast = net.messages.filter((one) => /haveAll|haveNone|rejectRequest/.test(one));
  expect(fast).toEqual([]);
});
