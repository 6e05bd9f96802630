import { describe, expect, test } from "@jest/globals";
import { scripted } from "../../support/built-in.ts";
import type { FakeNeighbour, ScriptedClient } from "../../support/neighbours.ts";

const [A, B, C, D, E, F] = [1, 2, 3, 4, 5, 6] as const;

/** How many blocks of 1000 each peer gets while all the unchoked ask. */
function split(client: ScriptedClient, waiting: readonly FakeNeighbour[] = unchokedOf(client)) {
  const counts = new Map<number, number>();
  for (const number of client.serve(waiting, 1000)) {
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return counts;
}

function unchokedOf(client: ScriptedClient): FakeNeighbour[] {
  return client.neighbours.filter((peer) => !peer.amChoking);
}

/** Six neighbours, of which A to D gave 4, 6, 1 and 9 in the last round; A, B, E and F ask. */
function example(options = {}) {
  const all = scripted("propshare", { count: 6, options });
  const { client, peer } = all;
  client.timer();
  for (const number of [C, D]) client.setInterest(peer(number), false);
  [4, 6, 1, 9].forEach((bytes, i) => {
    peer(i + 1).downloaded += bytes;
  });
  client.timer();
  return all;
}

describe("propshare", () => {
  test("splits the uplink as in the example: 36 % and 54 % to A and B, 10 % to E or F", () => {
    const { client } = example();
    expect(client.chosenAs("regular")).toEqual([A, B]);
    const [lucky = 0] = client.chosenAs("optimistic");
    expect([E, F]).toContain(lucky);
    const counts = split(client);
    expect(counts.get(A)).toBe(360);
    expect(counts.get(B)).toBe(540);
    expect(counts.get(lucky)).toBe(100);
  });

  test("gives the unused part of a peer to the others in their proportion", () => {
    const { client, peer } = example();
    const counts = split(client, [peer(A), peer(B)]);
    expect(Math.abs((counts.get(A) ?? 0) - 400)).toBeLessThan(2);
    expect(Math.abs((counts.get(B) ?? 0) - 600)).toBeLessThan(2);
  });

  test("does not make up for what a peer did not ask for", () => {
    const { client, peer } = example();
    split(client, [peer(B)]);
    const counts = split(client);
    expect(Math.abs((counts.get(A) ?? 0) - 360)).toBeLessThan(3);
  });

  test("sets aside another part for newcomers, and splits it among several, as options", () => {
    const { client } = example({ optimisticShare: 0.2, optimisticPeers: 2 });
    expect([...client.chosenAs("optimistic")].sort()).toEqual([E, F]);
    const counts = split(client);
    expect(counts.get(A)).toBe(320);
    expect(counts.get(B)).toBe(480);
    expect(counts.get(E)).toBe(100);
    expect(counts.get(F)).toBe(100);
  });

  test("sets nothing aside where the option says so", () => {
    const { client } = example({ optimisticShare: 0 });
    expect(client.unchoked).toEqual([A, B]);
  });

  test("knows no slots", () => {
    const { client, peers, choker } = scripted("propshare", { slots: 2, count: 30 });
    client.timer();
    for (const peer of peers) peer.downloaded += 1000;
    client.timer();
    expect(choker.unlimited).toBe(true);
    expect(client.unchoked).toHaveLength(30);
  });

  test("counts the last round alone, and so chokes who has stopped giving", () => {
    const { client, peer } = example();
    peer(A).downloaded += 5;
    client.timer(); // round 3: the peer on trial is drawn anew
    expect(client.chosenAs("regular")).toEqual([A]);
    expect(client.chosenAs("optimistic")).toHaveLength(1);
  });

  test("keeps the peer on trial for 30 s, unless it loses interest", () => {
    const { client, peer } = scripted("propshare", { count: 40 });
    const trial = () => {
      client.timer();
      return client.chosenAs("optimistic")[0] ?? 0;
    };
    const rounds = Array.from({ length: 9 }, trial);
    expect(rounds[1]).toBe(rounds[0]);
    for (const start of [2, 5]) {
      expect(new Set(rounds.slice(start, start + 3)).size).toBe(1);
      expect(rounds[start]).not.toBe(rounds[start - 1]);
    }
    const [lucky = 0] = client.chosenAs("optimistic");
    client.setInterest(peer(lucky), false);
    expect(client.chosenAs("optimistic")).toHaveLength(1);
    expect(client.unchoked).not.toContain(lucky);
  });

  test("carries what a peer got too much over to the next round", () => {
    const { client, peer } = example();
    client.serve([peer(A)], 1); // one block, of which 0.36 are its due
    peer(A).downloaded += 4;
    peer(B).downloaded += 6;
    client.timer();
    // A stands a block of 36 % ahead, B none: B is sent one and a half before it is A's turn again.
    expect(client.serve([peer(A), peer(B)], 3)).toEqual([B, B, A]);
  });
});
