import { describe, expect, test } from "@jest/globals";
import { scripted } from "../../support/built-in.ts";

const names = ["lt-round-robin", "lt-fastest", "lt-anti-leech"];
/** libtorrent's 8 slots: one in five of them is optimistic, so that 7 are regular. */
const libtorrent = { profile: "libtorrent-2", slots: 8, count: 20 } as const;

describe.each(names)("%s", (name) => {
  test("prefers who sent most in the last round, whatever it sent before", () => {
    const { client, peer } = scripted(name, { ...libtorrent, slots: 3 });
    peer(20).downloaded = 1e9;
    client.timer();
    peer(11).downloaded += 100;
    peer(12).downloaded += 300;
    peer(13).downloaded += 200;
    client.timer();
    expect(client.chosenAs("regular")).toEqual([12, 13]);
  });

  test("has one optimistic slot, and a fifth of them when there are ten or more", () => {
    for (const [slots, optimistic] of [
      [1, 1],
      [4, 1],
      [8, 1],
      [10, 2],
      [15, 3],
    ] as const) {
      const { client } = scripted(name, { ...libtorrent, slots });
      expect(client.timer()).toHaveLength(slots);
      expect(client.chosenAs("optimistic")).toHaveLength(optimistic);
    }
  });

  test("hands the optimistic slot on every 30 s, to who has waited longest for it", () => {
    const { client, peers } = scripted(name, { ...libtorrent, slots: 3, count: 6 });
    const optimistic: number[] = [];
    for (let round = 0; round < 10; round++) {
      for (const peer of peers.slice(0, 2)) peer.downloaded += 1000; // 1 and 2 have the regular slots
      client.timer();
      if (round > 1) optimistic.push(...client.chosenAs("optimistic"));
    }
    // Two rounds of 15 s each; at the first rounds 1 and 2 had not given yet.
    expect(new Set(optimistic)).toEqual(new Set([3, 4, 5, 6]));
    const turns = optimistic.filter((number, i) => number !== optimistic[i - 1]);
    expect(turns).toHaveLength(5);
    expect(new Set(turns.slice(0, 4))).toEqual(new Set([3, 4, 5, 6]));
    expect(turns[4]).toBe(turns[0]);
  });

  test("gives the optimistic slot to another when who had it earns a regular one", () => {
    const { client, peer } = scripted(name, { ...libtorrent, slots: 2, count: 4 });
    client.timer();
    const [optimistic = 0] = client.chosenAs("optimistic");
    peer(optimistic).downloaded += 1000;
    client.timer();
    expect(client.chosenAs("regular")).toEqual([optimistic]);
    expect(client.chosenAs("optimistic")).toHaveLength(1);
    expect(client.chosenAs("optimistic")).not.toEqual([optimistic]);
  });

  test("on an event only fills the slot that fell free", () => {
    const { client, peer } = scripted(name, { ...libtorrent, slots: 5, count: 12 });
    client.timer();
    const [gone = 0, ...others] = client.chosenAs("regular");
    const optimistic = client.chosenAs("optimistic");
    peer(12).uploaded += 1e6;
    client.setInterest(peer(gone), false);
    expect(client.unchoked).toHaveLength(5);
    expect(client.chosenAs("regular")).toEqual(expect.arrayContaining(others));
    expect(client.chosenAs("optimistic")).toEqual(optimistic);
  });
});

describe("lt-round-robin", () => {
  /** 100 pieces of 256 kB; the quota of 20 is 5.12 MB. */
  const quota = 20 * 256_000;

  test("keeps who takes, and in the order in which they take, until the quota and a minute are over", () => {
    const { client, peer } = scripted("lt-round-robin", { ...libtorrent, slots: 3, count: 6 });
    client.timer(); // at 10 s
    const [a = 0, b = 0] = client.chosenAs("regular");
    const rounds: number[][] = [];
    for (let round = 2; round <= 9; round++) {
      peer(a).uploaded += quota; // far more than its quota
      peer(b).uploaded += 1000;
      client.timer();
      rounds.push(client.chosenAs("regular"));
    }
    // Up to 70 s the minute is not over; then it is a's place that goes round, and b's does not.
    expect(rounds.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => [a, b]));
    expect(rounds[6]?.[0]).toBe(b);
    expect(rounds[6]).not.toContain(a);
  });

  test("gives the place to who was unchoked longest ago, a peer that never was counting from its connection", () => {
    const { client, peer } = scripted("lt-round-robin", {
      ...{ ...libtorrent, slots: 2, count: 4 },
      options: { pieceQuota: 1, optimisticRounds: 100 },
      fields: (number) => ({ connectedAt: 10 - number }),
    });
    client.timer();
    expect(client.chosenAs("regular")).toEqual([4]); // the oldest connection
    const rounds = Array.from({ length: 9 }, () => {
      for (const number of client.chosenAs("regular")) peer(number).uploaded += 256_000;
      client.timer();
      return client.chosenAs("regular")[0];
    });
    // From 20 s on; 4 has had its minute at 80 s.
    expect(rounds).toEqual([4, 4, 4, 4, 4, 4, 3, 3, 3]);
  });

  test("takes its quota in pieces as an option", () => {
    const { client, peer } = scripted("lt-round-robin", {
      ...{ ...libtorrent, slots: 2, count: 3 },
      options: { pieceQuota: 2 },
    });
    client.timer();
    const [first = 0] = client.chosenAs("regular");
    peer(first).uploaded += 2 * 256_000;
    for (let round = 0; round < 8; round++) client.timer();
    expect(client.chosenAs("regular")).toEqual([first]);
    peer(first).uploaded += 1;
    client.timer();
    expect(client.chosenAs("regular")).not.toEqual([first]);
  });
});

describe("lt-fastest", () => {
  test("prefers who took most in the last round, choked or not", () => {
    const { client, peer } = scripted("lt-fastest", { ...libtorrent, slots: 3 });
    client.timer();
    peer(15).uploaded += 200;
    peer(16).uploaded += 100;
    peer(17).uploaded += 300;
    client.timer();
    expect(client.chosenAs("regular")).toEqual([17, 15]);
  });

  test("keeps a fast taker for ever: there is no quota", () => {
    const { client, peer } = scripted("lt-fastest", { ...libtorrent, slots: 2 });
    client.timer();
    for (let round = 0; round < 30; round++) {
      peer(9).uploaded += 10_000_000;
      client.timer();
      expect(client.chosenAs("regular")).toEqual([9]);
    }
  });
});

describe("lt-anti-leech", () => {
  test("prefers who has just begun or is nearly done: |have - total/2| x 2000 / total", () => {
    // Scores 1000, 800, 0, 200, 980.
    const pieces = [0, 10, 50, 60, 99];
    const { client } = scripted("lt-anti-leech", {
      ...{ ...libtorrent, slots: 5, count: 5 },
      fields: (number) => ({ pieces: pieces[number - 1] ?? 0 }),
    });
    client.timer();
    expect(client.chosenAs("regular")).toEqual([1, 5, 2, 4]);
  });

  test("takes a peer that hides its pieces at what we gave it, up to the half", () => {
    const { client, peer } = scripted("lt-anti-leech", { ...libtorrent, slots: 4, count: 4 });
    peer(1).uploaded = 0.9 * client.torrent.size;
    peer(2).uploaded = 0.1 * client.torrent.size;
    peer(3).uploaded = 0.2 * client.torrent.size;
    client.timer();
    expect(client.chosenAs("regular")).toEqual([4, 2, 3]); // 1 stands at 0 now, and not near its end
  });
});
