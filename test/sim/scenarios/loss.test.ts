import { describe, expect, test } from "@jest/globals";
import { lastCompletion, rarestAtEnd, runShipped, shipped } from "../../support/shipped.ts";

const seeds = ["1", "2", "3"];

/** What became of the file, and how many copies of it the origin sent. */
function fate(name: string, seed: string, set: string[] = []) {
  const result = runShipped(name, { seed, set });
  const origin = result.peers.find((peer) => peer.class === "origin");
  const { size } = shipped(name).torrent;
  return { result, copies: (origin?.uploadedBytes ?? 0) / size };
}

describe.each(seeds)("seeder-leaves with seed %s", (seed) => {
  test("nobody completes when the origin leaves after about one copy, for a piece is missing", () => {
    const { result, copies } = fate("seeder-leaves", seed);
    expect(copies).toBeGreaterThan(1);
    expect(copies).toBeLessThan(1.25);
    expect(result.summary.peers.completed).toBe(0);
    expect(rarestAtEnd(result)).toBe(0);
    expect(result.availability.at(-1)?.maximum).toBe(40);
  });

  test("everybody completes when it stays for some three and a half", () => {
    const { result, copies } = fate("seeder-leaves", seed, ["peers.origin.leave.after=2 min"]);
    expect(copies).toBeLessThan(4);
    // The origin was gone by then.
    expect(lastCompletion(result)).toBeGreaterThan(120);
  });
});

describe.each(seeds)("random-vs-rarest with seed %s", (seed) => {
  test("the swarm has all pieces after two and a half copies of rarest first, and not of random ones", () => {
    const rarest = fate("random-vs-rarest", seed);
    expect(lastCompletion(rarest.result)).toBeGreaterThan(45);
    const random = fate("random-vs-rarest", seed, ["peers.*.picker=random"]);
    expect(random.result.summary.peers.completed).toBe(0);
    expect(rarestAtEnd(random.result)).toBe(0);
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
    // Some newcomers pass the piece on before they have the rest, so a few more than the origin serves may complete.
    expect(done).toBeLessThan(1.25 * served);
    expect(left).toBe(40 + came - done);
    // 40 + (0.2 - 0.12) x 900 = 110 in the mean; the arrivals of 15 minutes scatter by 13.
    expect(left).toBeGreaterThan(80);
  });

  test("it dissolves when the origin is faster than they come", () => {
    const { left, came } = leechers(["peers.origin.upload=1 Mbit/s"]);
    expect(came).toBeGreaterThan(120);
    // What is left are those who came in the last minute or two: Little's law, 0.2 a second x 65 s = 13.
    expect(left).toBeLessThan(30);
  });
});
