import { describe, expect, test } from "@jest/globals";
import type { PeerMessages } from "../../src/wire/messages.ts";
import { KIB, type Member, Net } from "../support/net.ts";

const PIECES = 4;

/** A leecher with a good seeder and a liar beside it. The hash of a piece is wrong when the liar gave a block of it. */
function poisoned(parole: boolean) {
  const net = new Net(PIECES * 64 * KIB, 64 * KIB);
  const good = net.add({ pieces: "all", uplink: 40 * KIB });
  const liar = net.add({ pieces: "all", uplink: 40 * KIB });
  const taker = net.add({ settings: { parole, randomFirstPieces: 0 } });
  const { received } = taker.client.downloads;
  taker.client.downloads.received = function (handle, piece, begin, data) {
    if (taker.client.cells.remote(handle) === liar.number) taker.badPieces.add(piece);
    received.call(this, handle, piece, begin, data);
  };
  net.connect(taker, good);
  net.connect(taker, liar);
  return { net, good, liar, taker };
}

function isDone(member: Member): boolean {
  return member.client.pieces.have.isComplete;
}

describe("a liar among good peers", () => {
  test("is found and banned where bad pieces are asked of one alone, and the rest is downloaded", () => {
    const { net, good, liar, taker } = poisoned(true);
    net.run(400_000);
    expect(taker.log.some((line) => line.startsWith("pieceFailed"))).toBe(true);
    expect(taker.log).toContain(`banned ${liar.number}`);
    expect(taker.log).not.toContain(`banned ${good.number}`);
    expect(isDone(taker)).toBe(true);
  });

  test("counts what it cost as waste, and no byte is missing from the books", () => {
    const { net, taker } = poisoned(true);
    net.run(400_000);
    const { downloaded, downloads } = taker.client;
    expect(downloaded - downloads.wasted).toBe(PIECES * 64 * KIB);
  });
});

describe("blocks that nobody asked for", () => {
  function flooded() {
    const net = new Net(PIECES * 64 * KIB, 64 * KIB);
    const good = net.add({ pieces: "all", uplink: 40 * KIB });
    const taker = net.add();
    const liar = net.add({ pieces: "all" });
    liar.isUploading = false;
    net.connect(taker, good);
    net.connect(taker, liar);
    net.run(12_000);
    return { net, taker, liar, say: net.speakers.get(liar.to(taker).handle) as PeerMessages };
  }

  test("are not written: they would spoil what is asked of others", () => {
    const { net, taker, liar, say } = flooded();
    const asked = taker.to(liar).inFlight;
    // What is owed for requests under way may come; then only what was never asked is left.
    for (let times = 0; times < 2; times++) {
      for (let piece = 0; piece < PIECES; piece++) {
        for (let at = 0; at < 4; at++) say.piece(piece, at * 16 * KIB, { length: 16 * KIB });
      }
    }
    net.run(5_000);
    const written = taker.client.downloaded - taker.client.downloads.wasted;
    expect(asked).toBeLessThan(2 * 4 * PIECES);
    expect(written).toBeLessThanOrEqual(PIECES * 64 * KIB);
    expect(taker.client.downloads.wasted).toBeGreaterThanOrEqual((32 - asked - 16) * 16 * KIB);
  });

  test("cost the peer its connection when they are many", () => {
    const { net, taker, liar, say } = flooded();
    for (let at = 0; at < 400; at++) say.piece(0, 0, { length: 16 * KIB });
    net.run(1_000);
    expect(taker.log).toContain(`disconnected ${liar.number} protocol-error`);
  });
});
