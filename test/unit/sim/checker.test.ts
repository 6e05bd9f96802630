import { beforeEach, describe, expect, test } from "@jest/globals";
import { AssertionError } from "../../../src/core/assert.ts";
import type { Client } from "../../../src/engine/client.ts";
import type { Connection } from "../../../src/engine/connection.ts";
import { Checker } from "../../../src/sim/checker.ts";
import { checkClient } from "../../../src/sim/client-invariants.ts";
import { Simulation } from "../../../src/sim/simulation.ts";
import { MBIT, origin, peerClass, scenario } from "../../support/scenarios.ts";

/** A swarm in full swing, 40 s old: peer 20 is the seeder, the others are half done. */
function runningSwarm(options: { check: boolean }): Simulation {
  const home = peerClass("home", { upload: MBIT });
  const simulation = new Simulation(scenario([home, origin()]), options);
  while (simulation.now < 40_000) simulation.advance(1);
  return simulation;
}

let simulation: Simulation;
let client: Client;

beforeEach(() => {
  simulation = runningSwarm({ check: false });
  client = simulation.swarm.peers[3]?.client as Client;
});

/** The first connection of the client of which this holds. */
function connectionThat(claim: (connection: Connection) => boolean): Connection {
  const found = client.open.find(claim);
  if (found === undefined) throw new Error("the swarm has no such connection");
  return found;
}

const own = (pieces: Client["pieces"]) => pieces.have.next(0);
const lacking = () => client.downloads.choice.unstarted.next(0);

describe("the checker stops a run when a peer", () => {
  let checker: Checker;
  beforeEach(() => {
    checker = new Checker(simulation.swarm, undefined);
  });

  test("sends a block to a peer that it never unchoked, or choked again, or lost", () => {
    const send = () => checker.blockSent(3, 4, own(client.pieces), 0, 16_384);
    const complaint = "peer 3 sent a block to peer 4, which it chokes";
    expect(send).toThrow(complaint);
    checker.unchoked(3, 4, "regular");
    expect(send).not.toThrow();
    expect(() => checker.blockSent(4, 3, 0, 0, 16_384)).toThrow("peer 4 sent a block to peer 3");
    checker.choked(3, 4);
    expect(send).toThrow(complaint);
    checker.unchoked(3, 4, "optimistic");
    checker.disconnected(3, 4, "remote");
    expect(send).toThrow(complaint);
  });

  test("sends a block of a piece that it lacks", () => {
    checker.unchoked(3, 4, "regular");
    const piece = lacking();
    expect(() => checker.blockSent(3, 4, piece, 0, 16_384)).toThrow(
      `peer 3 sent a block of piece ${piece}, which it lacks`,
    );
  });

  test("completes a piece twice, or the whole file without having it", () => {
    checker.pieceCompleted(3, 5);
    checker.pieceCompleted(4, 5);
    checker.pieceCompleted(3, 6);
    expect(() => checker.pieceCompleted(3, 5)).toThrow("peer 3 completed piece 5 twice");
    expect(() => checker.completed(3)).toThrow("peer 3 says it completed and lacks pieces");
    expect(() => checker.completed(20)).not.toThrow();
  });

  test("receives what nobody sent, or does not receive what was sent", () => {
    expect(() => checker.sweep(0)).toThrow(/0 bytes sent are not 0 received \+ 0 lost \+ \d+ on/);
    const { queue, network } = simulation.swarm;
    const pending: number[] = [];
    queue.forEach((_, value) => {
      pending.push(value);
    });
    expect(pending.length).toBeGreaterThan(0);
    // As if it had been there when those on their way were sent.
    const onTheWay = Number(/(\d+) on their way/.exec(messageOf(() => checker.sweep(0)))?.[1]);
    expect(onTheWay % network.lengthOf(0)).toBe(0);
    checker.unchoked(20, 4, "seed");
    checker.blockSent(20, 4, 0, 0, onTheWay);
    expect(() => checker.sweep(0)).not.toThrow();
    checker.blockReceived(4, 20, 0, 0, 16_384, false);
    expect(() => checker.sweep(0)).toThrow("16384 received");
    checker.blockSent(20, 4, 0, 0, 16_384);
    expect(() => checker.sweep(0)).not.toThrow();
    expect(() => checker.sweep(16_384)).toThrow("16384 lost");
  });
});

function messageOf(run: () => void): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(AssertionError);
    return (error as Error).message;
  }
  return "";
}

/** Each is a mistake in the books of a client, and what is said about it. */
const mistakes: Record<string, [() => void, RegExp]> = {
  "a piece of a peer counted twice": [
    () => client.cells.addPiece(client.open[0]!.handle),
    /peer 3: peer \d+ has \d+ pieces/,
  ],
  "a wanted piece too many": [
    () => client.cells.want(client.open[0]!.handle),
    /pieces of peer \d+ are wanted/,
  ],
  "interest in a peer that has nothing for us, or none in one that has": [
    () => client.cells.setInterested(client.open[0]!.handle, !client.open[0]!.amInterested),
    /interest in peer \d+ is wrong/,
  ],
  "a copy of a piece too many": [
    () => client.arenas.pieceCounts.add(client.row, 2),
    /piece 2 has \d+ copies, not \d+/,
  ],
  "a piece that is ours and not started": [
    () => client.downloads.choice.unstarted.set(own(client.pieces)),
    /piece \d+ is in 2 states/,
  ],
  "a piece that nobody knows of": [
    () => client.downloads.choice.unstarted.clear(lacking()),
    /piece \d+ is in 0 states/,
  ],
  "a piece under way twice": [
    () => client.downloads.choice.rows.push(client.downloads.choice.rows[0]!),
    /a piece is under way twice/,
  ],
  "a started piece too many with free blocks": [
    () => client.downloads.choice.openRows++,
    /\d+ open rows, not \d+/,
  ],
  "a request that the piece under way knows nothing of": [
    () => {
      const asked = connectionThat((one) => one.inFlight > 0);
      client.requests.shift(2 * asked.handle);
    },
    /block \d+ in flight \d+ times, not \d+/,
  ],
  "requests in flight at a peer that chokes us": [
    () => {
      const asked = connectionThat((one) => one.inFlight > 0);
      client.cells.setPeerChoking(asked.handle, true);
    },
    /requests are in flight at peer \d+, which chokes us/,
  ],
  "queued requests of a peer that we choke": [
    () => {
      const choked = connectionThat((one) => one.amChoking);
      client.requests.push(2 * choked.handle + 1, own(client.pieces), 0, 16_384);
    },
    /requests of peer \d+, which we choke, are queued/,
  ],
  "more interested peers unchoked than there are slots": [
    () => {
      for (const one of client.open) {
        one.peerInterested = true;
        client.cells.setAmChoking(one.handle, false);
      }
    },
    /\d+ peers served with 4 slots/,
  ],
  "more connections than there may be": [
    () => {
      while (client.connections.length <= 80) client.connections.push(client.open[0]!);
    },
    /81 connections/,
  ],
};

describe("a recount of a client's books finds", () => {
  test("nothing wrong with any client of a healthy swarm", () => {
    for (const peer of simulation.swarm.peers) checkClient(peer.client as Client);
  });

  test.each(Object.entries(mistakes))("%s", (_, [make, complaint]) => {
    make();
    expect(() => checkClient(client)).toThrow(AssertionError);
    expect(() => checkClient(client)).toThrow(complaint);
  });
});

test("a simulation with checks stops at its next sweep when a client's books are wrong", () => {
  const checked = runningSwarm({ check: true });
  const broken = checked.swarm.peers[3]?.client as Client;
  broken.downloads.choice.openRows++;
  expect(() => checked.finish()).toThrow("invariant broken at");
});
