import { describe, expect, test } from "@jest/globals";
import { scripted } from "../../support/built-in.ts";

/** Number 1 sends 10 kB/s, number 10 sends 100 kB/s; our uplink is 100 kB/s. */
const rising = (number: number) => ({ downloadRate: 10_000 * number });

describe("birds", () => {
  test("gives regular slots to those whose rate is nearest to our uplink's share of a slot", () => {
    const { client } = scripted("birds", { fields: rising });
    client.timer(); // 25 kB/s a slot
    expect(client.chosenAs("regular")).toEqual([2, 3, 1]);
    client.slots = 2;
    client.uplink = 140_000;
    client.timer();
    expect(client.chosenAs("regular")).toEqual([7]);
  });

  test("thinks as little of too fast a peer as of too slow a one", () => {
    const { client, peer } = scripted("birds", { slots: 2, count: 3 });
    peer(2).downloadRate = 50_000 - 8_000;
    peer(3).downloadRate = 50_000 + 7_000;
    client.timer();
    expect(client.chosenAs("regular")).toEqual([3]);
    peer(3).downloadRate += 2_000;
    client.timer();
    expect(client.chosenAs("regular")).toEqual([2]);
  });

  test("gives no regular slot to a snubbed peer, however near its rate", () => {
    const { client, peer } = scripted("birds", { fields: rising });
    peer(2).isSnubbed = true;
    client.timer();
    expect(client.chosenAs("regular")).toEqual([3, 1, 4]);
  });

  test("has one peer on trial, as tit-for-tat has", () => {
    const { client } = scripted("birds", { fields: rising });
    const optimistic = Array.from({ length: 6 }, () => {
      client.timer();
      return client.chosenAs("optimistic")[0];
    });
    expect(optimistic).toEqual([4, 4, 5, 5, 5, 6]);
  });
});
