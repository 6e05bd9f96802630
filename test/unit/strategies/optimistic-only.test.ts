import { describe, expect, test } from "@jest/globals";
import { scripted } from "../../support/built-in.ts";

describe("optimistic-only", () => {
  test("hands every slot on after 30 s, and none before", () => {
    const { client } = scripted("optimistic-only");
    const rounds = Array.from({ length: 9 }, () => client.timer());
    expect(rounds.slice(0, 2)).toEqual([1, 2].map(() => [1, 2, 3, 4]));
    expect(rounds.slice(2, 5)).toEqual([3, 4, 5].map(() => [5, 6, 7, 8]));
    expect(rounds.slice(5, 8)).toEqual([6, 7, 8].map(() => [1, 2, 9, 10]));
    expect(rounds[8]).toEqual([3, 4, 5, 6]);
    expect(client.chosenAs("optimistic")).toHaveLength(4);
  });

  test("does not care who gives", () => {
    const { client, peer } = scripted("optimistic-only");
    peer(10).downloadRate = 1e6;
    peer(9).uploadRate = 1e6;
    expect(client.timer()).toEqual([1, 2, 3, 4]);
  });

  test("hands on the slot of a peer that loses interest, at once", () => {
    const { client, peer } = scripted("optimistic-only");
    client.timer();
    client.setInterest(peer(2), false);
    expect(client.neighbours.filter((one) => !one.amChoking && one.peerInterested)).toHaveLength(4);
    expect(client.unchoked).toContain(5);
  });
});
