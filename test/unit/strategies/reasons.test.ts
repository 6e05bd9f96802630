import { describe, expect, test } from "@jest/globals";
import { profiles } from "../../../src/engine/profiles.ts";
import { builtInStrategies } from "../../../src/strategies/built-in.ts";
import { createChoker } from "../../../src/strategies/create.ts";
import type { StrategyOptions } from "../../../src/strategies/registry.ts";
import {
  type FakeNeighbour,
  neighbours,
  ScriptedClient,
  stoppedClock,
} from "../../support/neighbours.ts";

/** A client of 3 slots that says why, with neighbours 1, 2, … of which the later ones send more. */
function explaining(
  name: string,
  fields: (number: number) => Partial<FakeNeighbour> = () => ({}),
  options: StrategyOptions = {},
): ScriptedClient {
  const owner = { peer: "dsl/0", clock: stoppedClock };
  const settings = profiles["mainline-4"];
  const client = new ScriptedClient(
    createChoker(builtInStrategies, { name, options }, settings, owner),
    3,
  );
  client.isExplained = true;
  const sends = (number: number) => ({ downloadRate: 1000 * number, downloaded: 9 });
  client.join(neighbours(5, (number) => ({ ...sends(number), ...fields(number) })));
  return client;
}

describe("tit-for-tat says", () => {
  test("the rank by what a peer sends, whether it has a slot or not, and the round of a trial", () => {
    const client = explaining("tit-for-tat");
    client.timer();
    expect(client.reasons).toEqual({
      1: "on trial, round 2 of 3",
      2: "rank 4 by what it sends; regular slots: 2",
      3: "rank 3 by what it sends; regular slots: 2",
      4: "rank 2 by what it sends",
      5: "rank 1 by what it sends",
    });
    client.timer();
    expect(client.reasons[1]).toBe("on trial, round 3 of 3");
    client.timer();
    expect(client.reasons[2]).toBe("on trial, round 1 of 3");
  });

  test("who is snubbed, and who never sent anything", () => {
    const client = explaining("tit-for-tat", (number) =>
      number === 3 ? { isSnubbed: true } : { isSnubbed: true, downloaded: 0 },
    );
    client.timer();
    expect(client.reasons).toEqual({
      1: "on trial, round 2 of 3",
      2: "on trial, round 2 of 3", // minUploads: 2
      3: "snubbed, and not on trial",
      4: "sent nothing yet, and not on trial",
      5: "sent nothing yet, and not on trial",
    });
  });

  test("nothing of a peer that it unchokes for free, nor when nobody reads it", () => {
    const client = explaining("tit-for-tat", (number) => ({ peerInterested: number > 2 }));
    client.timer();
    expect([client.reasons[1], client.reasons[2]]).toEqual([undefined, undefined]);
    client.isExplained = false;
    client.timer();
    expect(client.chosen.filter(({ reason }) => reason !== undefined)).toEqual([]);
  });
});

test("old-seed and birds say by what they rank", () => {
  const old = explaining("old-seed", (number) => ({ uploadRate: -number }));
  old.timer();
  expect(old.reasons[1]).toBe("rank 1 by what it takes");
  expect(old.reasons[5]).toBe("rank 5 by what it takes; regular slots: 2");
  const birds = explaining("birds");
  birds.timer(); // 33 kB/s for a slot: who sends most is nearest
  expect(birds.reasons[5]).toBe("rank 1 by how near its rate is to ours per slot");
});

test("tit for two tats says who gave in neither of the last two rounds", () => {
  const client = explaining("tf2t");
  client.timer();
  client.timer();
  client.receive(client.neighbours[4]!, 100);
  client.timer();
  expect(client.reasons[5]).toBe("rank 1 by what it sent in the last two rounds");
  const idle = "sent nothing in the last two rounds, and not on trial";
  expect(Object.values(client.reasons)).toContain(idle);
});

test("BitTyrant says what a peer gives for what it asks, and what became of the uplink", () => {
  const client = explaining(
    "bittyrant",
    (number) => ({
      peerChoking: number !== 5,
      amInterested: number !== 1,
      mark: number === 2 ? "TYRT" : "",
      downloaded: 0,
      uploaded: number === 2 ? 10_000_000 : 0,
    }),
    { initialUpload: 10_000 },
  );
  client.uplink = 25_000;
  client.timer();
  client.receive(client.neighbours[4]!, 400_000);
  client.timer();
  expect(client.reasons).toEqual({
    1: "d/u 0: it has nothing that we want, and the uplink is spent",
    2: "it is owed no block",
    3: "d/u 1.00",
    4: expect.stringMatching(/^d\/u [\d.]+, and the uplink is spent$/),
    5: "d/u 4.00",
  });
});

test("libtorrent's chokers say the place in their order, and who keeps a slot between two rounds", () => {
  const client = explaining("lt-fastest");
  client.timer();
  client.receive(client.neighbours[4]!, 100);
  client.timer();
  expect(client.reasons[5]).toBe("rank 1 by what it sent");
  expect(Object.values(client.reasons)).toContain("rank 2 by the seed choking algorithm");
  expect(Object.values(client.reasons).join()).toMatch(/rank [345]; regular slots: 2/);
  client.event();
  expect(client.reasons[5]).toBe("keeps its slot until the next round");
});

test("block-based tit-for-tat says who owes too much", () => {
  const debtor = { uploaded: 10_000_000, downloaded: 0 };
  const client = explaining("pairwise-block-tft", (number) => (number === 1 ? debtor : {}));
  client.timer();
  expect(client.reasons).toMatchObject({ 1: "too many blocks unpaid", 2: "its turn" });
  expect(client.reasons[5]).toBeUndefined();
});

test("a large view that gives says what its choker does", () => {
  const client = explaining("large-view", () => ({}), { gives: "tit-for-tat" });
  client.timer();
  expect(client.reasons[5]).toBe("rank 1 by what it sends");
  expect(client.reasons[2]).toBe("rank 4 by what it sends; regular slots: 2");
});
