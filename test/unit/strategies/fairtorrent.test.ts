import { describe, expect, test } from "@jest/globals";
import { scripted } from "../../support/built-in.ts";

const BLOCK = 16_384;

describe("fairtorrent", () => {
  test("chokes nobody, neither slots nor interest count", () => {
    const { client, peer, choker } = scripted("fairtorrent", { slots: 1, count: 12 });
    peer(3).peerInterested = false;
    expect(client.timer()).toHaveLength(12);
    expect(choker.unlimited).toBe(true);
  });

  test("sends each block to the peer with the smallest deficit", () => {
    const { client, peer, peers } = scripted("fairtorrent", { count: 4 });
    client.timer();
    client.receive(peer(2), 3 * BLOCK);
    client.receive(peer(4), BLOCK);
    // Deficits 0, -3, 0, -1: first what is owed is paid, then all are alike and take turns.
    expect(client.serve(peers, 8)).toEqual([2, 2, 4, 2, 1, 3, 4, 2]);
  });

  test("starts newcomers at 0, which is behind those that gave and before those that took", () => {
    const { client, peer } = scripted("fairtorrent", { count: 3 });
    client.timer();
    peer(1).uploaded = 5 * BLOCK;
    peer(3).downloaded = BLOCK;
    expect(client.serve([peer(1), peer(2), peer(3)], 3)).toEqual([3, 2, 3]);
  });

  test("lets nobody run away with a free uplink: deficits stay within a block of each other", () => {
    const { client, peers } = scripted("fairtorrent", { count: 7 });
    client.timer();
    for (let step = 0; step < 200; step++) {
      client.receive(peers[step % 3]!, BLOCK);
      client.serve(peers, 2);
      const deficits = peers.map((peer) => peer.uploaded - peer.downloaded);
      if (step > 10) {
        expect(Math.max(...deficits) - Math.min(...deficits)).toBeLessThanOrEqual(BLOCK);
      }
    }
  });

  test("as a seeder serves all in turn, whatever they once gave", () => {
    const { client, peers, peer } = scripted("fairtorrent", { count: 3, isSeeding: true });
    client.timer();
    peer(3).downloaded = 100 * BLOCK;
    expect(client.serve(peers, 7)).toEqual([1, 2, 3, 1, 2, 3, 1]);
  });
});
