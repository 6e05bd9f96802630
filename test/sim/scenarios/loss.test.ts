import { describe, expect, test } from "@jest/globals";
import type { PeerRow } from "../../../src/metrics/results.ts";
import { lastCompletion, rarestAtEnd, runShipped, shipped } from "../../support/shipped.ts";

const seeds = ["1", "2", "3"];

/** What became of the file, how many copies of it the origin sent, and how many pieces nobody but the origin had. */
function fate(name: string, seed: string, set: string[] = []) {
  const result = runShipped(name, { seed, set });
  const origin = result.peers.find((peer) => peer.class === "origin");
  const { size, pieceLength } = shipped(name).torrent;
  const most = Math.max(...result.peers.filter((peer) => peer !== origin).map(piecesAtEnd));
  const lost = size / pieceLength - most;
  return { result, copies: (origin?.uploadedBytes ?? 0) / size, lost };
}

const piecesAtEnd = (peer: PeerRow) => peer.piecesAtEnd;

describe.each(seeds)("seeder-leaves with seed %s", (seed) => {
  test("nobody completes when the origin leaves after about one copy, for a tenth of the pieces is missing", () => {
    const { result, copies, lost } = fate("seeder-leaves", seed);
    expect(copies).toBeGreaterThan(1);
    expect(copies).toBeLessThan(1.25);
    expect(result.summary.peers.completed).toBe(0);
    expect(rarestAtEnd(result)).toBe(0);
    expect(lost).toBeGreaterThan(2); // 5 to 8 of 64
    expect(lost).toBeLessThan(12);
    expect(result.availability.at(-1)?.maximum).toBe(40);
  });

  test("everybody completes when it stays for less than two", () => {
    const { result, copies } = fate("seeder-leaves", seed, ["peers.origin.leave.after=60 s"]);
    expect(copies).toBeLessThan(1.8);
    // The origin was gone by then.
    expect(lastCompletion(result)).toBeGreaterThan(120);
  });

  test("the origin's last piece is out after 1.4 times what its uplink takes for the file", () => {
    const set = ["peers.origin.leave=never", "sampleInterval=1 s"];
    const { availability } = fate("seeder-leaves", seed, set).result;
    const out = availability.find(({ minimum }) => minimum >= 2)?.timeSeconds ?? 0;
    const once = (16 * 2 ** 20) / 500_000; // F / u_s
    expect(out / once).toBeGreaterThan(1.1);
    expect(out / once).toBeLessThan(1.7); // 1.34 to 1.52, with headers and the start
  });
});

describe.each(seeds)("random-vs-rarest with seed %s", (seed) => {
  test("the swarm has all pieces after 1.7 copies of rarest first, and not of random ones", () => {
    const rarest = fate("random-vs-rarest", seed);
    expect(rarest.copies).toBeLessThan(1.8);
    expect(lastCompletion(rarest.result)).toBeGreaterThan(30);
    const random = fate("random-vs-rarest", seed, ["peers.*.picker=random"]);
    expect(random.result.summary.peers.completed).toBe(0);
    expect(random.lost).toBeGreaterThan(25); // 44 to 58 of 512
    // The origin did its part as well in both.
    expect(random.copies / rarest.copies).toBeGreaterThan(0.95);
    expect(random.copies / rarest.copies).toBeLessThan(1.05);
  });
});

describe.each(seeds)("missing-piece with seed %s", (seed) => {
  const leechers = (set: string[]) => {
    const { result } = fate("missing-piece", seed, set);
    const left = result.peers.filter(
      (peer) => peer.role === "leecher" && peer.leftSeconds === null,
    );
    const came = result.peers.filter((peer) => peer.class === "newcomer").length;
    return { left: left.length, came, done: result.summary.peers.completed };
  };

  test("the club grows while the origin sends the piece more slowly than newcomers come", () => {
    const { left, came, done } = leechers([]);
    const { torrent, stop } = shipped("missing-piece");
    const served = (stop.atMost / 1000) * (256_000 / 8 / torrent.pieceLength); // U_s of Hajek and Zhu
    // They leave with the piece, and peers that stay have parts of it.
    expect(done).toBeLessThan(served); // 0.63 to 0.95 of it
    expect(left).toBe(40 + came - done);
    // 40 + (0.2 - 0.12) x 900 = 110 in the mean; the arrivals of 15 minutes scatter by 13.
    expect(left).toBeGreaterThan(90); // 111 to 159
  });

  test("it dissolves when those who completed stay for 20 s to pass the piece on", () => {
    const { result } = fate("missing-piece", seed, ["peers.newcomer.leave={ after: 20 s }"]);
    expect(result.summary.classes.club?.completed).toBe(40);
  });

  test("it dissolves when the origin is faster than they come", () => {
    const { left, came } = leechers(["peers.origin.upload=1 Mbit/s"]);
    expect(came).toBeGreaterThan(120);
    // What is left are those who came in the last minute or two: Little's law, 0.2 a second x 68 s = 14.
    expect(left).toBeLessThan(27);
  });
});
