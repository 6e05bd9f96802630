import { describe, expect, test } from "@jest/globals";
import { scripted } from "../../support/built-in.ts";

describe("tf2t", () => {
  test("gives a regular slot to who gave in the last round or in the one before, and to nobody else", () => {
    const { client, peer } = scripted("tf2t", { slots: 6 });
    client.timer();
    peer(7).downloaded += 1000;
    peer(8).downloaded += 1000;
    client.timer();
    expect(client.chosenAs("regular")).toEqual([7, 8]);
    peer(8).downloaded += 1000;
    client.timer(); // 7 gave nothing in one round: forgiven
    expect(client.chosenAs("regular")).toEqual([8, 7]);
    client.timer(); // 7 gave nothing in two
    expect(client.chosenAs("regular")).toEqual([8]);
    client.timer();
    expect(client.chosenAs("regular")).toEqual([]);
  });

  test("orders by the mean of both rounds", () => {
    const { client, peer } = scripted("tf2t", { slots: 3 });
    client.timer();
    peer(7).downloaded += 5000;
    peer(8).downloaded += 3000;
    peer(9).downloaded += 1000;
    client.timer();
    expect(client.chosenAs("regular")).toEqual([7, 8]);
    peer(8).downloaded += 3000;
    peer(9).downloaded += 4500;
    client.timer(); // 5000, 6000 and 5500 in two rounds
    expect(client.chosenAs("regular")).toEqual([8, 9]);
  });

  test("decides between two rounds by the whole ones", () => {
    const { client, peer } = scripted("tf2t", { slots: 2 });
    client.timer();
    peer(7).downloaded += 1000;
    client.timer();
    peer(8).downloaded += 9000;
    client.event();
    expect(client.chosenAs("regular")).toEqual([7]);
  });

  test("has one peer on trial, as tit-for-tat has", () => {
    const { client } = scripted("tf2t", { options: { minUploads: 1 } });
    const optimistic = Array.from({ length: 6 }, () => {
      client.timer();
      return client.chosenAs("optimistic");
    });
    expect(optimistic).toEqual([[1], [1], [2], [2], [2], [3]]);
  });

  test("forgets who left", () => {
    const { client, peer } = scripted("tf2t", { slots: 2 });
    client.timer();
    peer(7).downloaded += 1000;
    client.timer();
    client.leave(peer(7));
    expect(client.chosenAs("regular")).toEqual([]);
    expect(client.unchoked).toEqual([1, 2]);
  });
});
