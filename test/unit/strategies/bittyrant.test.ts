import { describe, expect, test } from "@jest/globals";
import type { Choker } from "../../../src/engine/choker.ts";
import { profiles } from "../../../src/engine/profiles.ts";
import { builtInStrategies } from "../../../src/strategies/built-in.ts";
import { createChoker } from "../../../src/strategies/create.ts";
import type { StrategyOptions } from "../../../src/strategies/registry.ts";
import {
  type FakeNeighbour,
  neighbour,
  neighbours,
  ScriptedClient,
  stoppedClock,
} from "../../support/neighbours.ts";

const settings = profiles["azureus-2.5"];
/** Bytes per second. */
const U = 10_000;

function bitTyrant(options: StrategyOptions = {}): Choker {
  return createChoker(
    builtInStrategies,
    { name: "bittyrant", options: { initialUpload: U, ...options } },
    settings,
    { peer: "tyrant/0", clock: stoppedClock },
  );
}

/** A client with an uplink of so many times the initial u. */
function clientOf(peers: readonly FakeNeighbour[], shares: number, options: StrategyOptions = {}) {
  const client = new ScriptedClient(bitTyrant(options), 4);
  client.uplink = shares * U;
  client.join(peers);
  return client;
}

/** What the choker offers `peer`, as a multiple of the initial u. */
function offer(client: ScriptedClient, peer: FakeNeighbour): number | undefined {
  const rate = client.chosen.find((entry) => entry.peer === peer)?.rate;
  return rate === undefined ? undefined : rate / U;
}

/** A round of 10 s in which each peer that does not choke us sends at its rate (bytes per second). */
function play(client: ScriptedClient, rates: ReadonlyMap<FakeNeighbour, number> = new Map()) {
  for (const [peer, rate] of rates) if (!peer.peerChoking) peer.downloaded += 10 * rate;
  return client.timer();
}

describe("BitTyrant", () => {
  test("raises u by a fifth after every round in which an unchoked peer chokes us", () => {
    const [peer] = neighbours(1) as [FakeNeighbour];
    const client = clientOf([peer], 100, { selfish: true });
    const offers = [1, 2, 3, 4].map(() => {
      play(client);
      return offer(client, peer);
    });
    // The first round only begins the offer.
    expect(offers[0]).toBeCloseTo(1);
    expect(offers[1]).toBeCloseTo(1.2);
    expect(offers[2]).toBeCloseTo(1.44);
    expect(offers[3]).toBeCloseTo(1.728);
  });

  test("lowers u by a tenth after the third round of reciprocation in a row, and each further one", () => {
    const [peer] = neighbours(1, () => ({ peerChoking: false })) as [FakeNeighbour];
    const client = clientOf([peer], 100, { selfish: true });
    const rates = new Map([[peer, 50_000]]);
    const offers = [1, 2, 3, 4, 5, 6].map(() => {
      play(client, rates);
      return offer(client, peer) as number;
    });
    [1, 1, 1, 0.9, 0.81, 0.729].forEach((expected, round) => {
      expect(offers[round]).toBeCloseTo(expected);
    });
    peer.peerChoking = true; // and starts to count anew
    play(client, rates);
    expect(offer(client, peer)).toBeCloseTo(0.729 * 1.2);
    peer.peerChoking = false;
    for (let round = 0; round < 2; round++) play(client, rates);
    expect(offer(client, peer)).toBeCloseTo(0.729 * 1.2);
    play(client, rates);
    expect(offer(client, peer)).toBeCloseTo(0.729 * 1.2 * 0.9);
  });

  test("leaves u as it is for a peer that it did not unchoke, or that has nothing for us", () => {
    const peers = neighbours(2);
    const [silent, bare] = peers as [FakeNeighbour, FakeNeighbour];
    bare.amInterested = false;
    silent.peerInterested = false;
    const client = clientOf(peers, 100);
    for (let round = 0; round < 3; round++) play(client);
    expect(offer(client, silent)).toBeUndefined();
    silent.peerInterested = true;
    play(client);
    expect(offer(client, silent)).toBeCloseTo(1);
    expect(offer(client, bare)).toBeCloseTo(1);
  });

  test("unchokes by descending d/u as long as the sum of u fits the uplink", () => {
    const peers = neighbours(6, () => ({ peerChoking: false }));
    const rates = new Map(peers.map((peer, at) => [peer, 1000 * (at + 1)]));
    const client = clientOf(peers, 3.5);
    play(client, rates);
    // The first round of a connection is no whole one: d is not known before the second.
    expect(play(client, rates)).toEqual([4, 5, 6]);
    const sum = client.chosen.reduce((total, { rate = 0 }) => total + rate, 0);
    expect(sum).toBeLessThanOrEqual(client.uplink + 1e-6);
  });

  test("prefers who asks less for the same", () => {
    const peers = neighbours(2, () => ({ peerChoking: false }));
    const [cheap, dear] = peers as [FakeNeighbour, FakeNeighbour];
    const rates = new Map(peers.map((peer) => [peer, 20_000]));
    const client = clientOf(peers, 2.2);
    for (let round = 0; round < 3; round++) play(client, rates);
    dear.peerChoking = true;
    play(client, rates); // its u is 1.2 now, and the other's 0.9
    client.uplink = U;
    expect(play(client, rates)).toEqual([cheap.number]);
  });

  test("takes how fast a peer downloads for its capacity, and Azureus's active set for its uploads", () => {
    const peers = neighbours(3, () => ({ peerInterested: false }));
    const [slow, fast, unknown] = peers as [FakeNeighbour, FakeNeighbour, FakeNeighbour];
    const client = clientOf(peers, 1.5);
    play(client); // the bitfields are in: counted from here
    for (let round = 0; round < 6; round++) {
      fast.pieces += 4;
      slow.pieces += 1;
      play(client);
    }
    for (const peer of peers) peer.peerInterested = true;
    client.event();
    // 4 x 256,000 bytes in 10 s are 100 kB/s, of which Azureus makes 5 uploads of 20 kB/s: d/u = 2, and 1 for `unknown`.
    expect(client.unchoked).toEqual([fast.number]);
    fast.peerInterested = false;
    client.event();
    // 25.6 kB/s in 3 uploads are 8.5 kB/s: less than what is assumed of a peer that nothing is known of.
    expect(client.unchoked).toEqual([unknown.number]);
    expect(slow.amChoking).toBe(true);
  });

  test("measures d over the last round alone", () => {
    const peers = neighbours(2, () => ({ peerChoking: false }));
    const [fading, steady] = peers as [FakeNeighbour, FakeNeighbour];
    const client = clientOf(peers, 1.5);
    play(
      client,
      new Map([
        [fading, 90_000],
        [steady, 30_000],
      ]),
    );
    play(
      client,
      new Map([
        [fading, 90_000],
        [steady, 30_000],
      ]),
    );
    expect(client.unchoked).toEqual([fading.number]);
    play(
      client,
      new Map([
        [fading, 10_000],
        [steady, 30_000],
      ]),
    );
    expect(client.unchoked).toEqual([steady.number]);
  });

  test("gives what is left in proportion to u, unless it is selfish", () => {
    for (const selfish of [false, true]) {
      const peers = neighbours(2);
      const client = clientOf(peers, 10, { selfish });
      play(client);
      expect(client.chosen.map(({ rate }) => rate)).toEqual([U, U]);
      expect(bitTyrant({ selfish }).sharesSpare).toBe(!selfish);
    }
  });

  test("keeps a selfish client from paying a peer that gives less than it costs", () => {
    const peers = neighbours(2, () => ({ peerChoking: false }));
    const rates = new Map(peers.map((peer, at) => [peer, at === 0 ? U / 2 : 2 * U]));
    const selfish = clientOf(peers, 10, { selfish: true });
    for (let round = 0; round < 3; round++) play(selfish, rates);
    expect(selfish.unchoked).toEqual([2]);
  });

  test("uses no more of its uplink than the cap", () => {
    const client = clientOf(neighbours(9), 100, { cap: 3 * U });
    expect(play(client)).toHaveLength(3);
  });

  test("unchokes somebody even if the uplink is smaller than u, at the rate there is", () => {
    const peers = neighbours(3);
    const client = clientOf(peers, 0.5);
    expect(play(client)).toHaveLength(1);
    expect(client.chosen[0]?.rate).toBeCloseTo(0.5 * U);
  });

  test("fills what became free between two rounds, and changes nothing else", () => {
    const peers = neighbours(5);
    const client = clientOf(peers, 2);
    const [first, second] = play(client);
    client.leave(peers.find((peer) => peer.number === first) as FakeNeighbour);
    expect(client.unchoked).toHaveLength(2);
    expect(client.unchoked).toContain(second);
  });

  test("is known to others of its kind, and trades with them block for block", () => {
    const twin = neighbour(1, { mark: "TYRT" });
    const client = clientOf([twin], 100);
    play(client);
    expect(offer(client, twin)).toBeCloseTo(1); // a round on trial, as with any peer
    twin.uploaded = 6 * U;
    play(client);
    expect(offer(client, twin)).toBeCloseTo(0.4); // what is left of it
    twin.uploaded = 100_000;
    expect(play(client)).toEqual([]); // it gave nothing
    twin.downloaded = 120_000; // a quarter more than that, for it to answer
    play(client);
    expect(client.chosen[0]?.rate).toBeCloseTo((1.25 * 120_000 - 100_000) / 10);
  });

  test("treats others of its kind as strangers when told so", () => {
    const twin = neighbour(1, { mark: "TYRT", uploaded: 1e6 });
    const client = clientOf([twin], 1, { blockBased: false });
    expect(play(client)).toEqual([1]);
    expect(offer(client, twin)).toBeCloseTo(1);
  });
});
