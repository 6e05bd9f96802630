import { describe, expect, test } from "@jest/globals";
import { parseScenario } from "../../../src/scenario/parse.ts";
import { dsl, dslWith } from "../../support/scenario-text.ts";

describe("arrivals", () => {
  const day = 86_400_000;
  test.each([
    ["{ at: 5 s }", { kind: "at", time: 5000 }],
    ["{ within: 60 s }", { kind: "within", start: 0, duration: 60_000 }],
    ["{ within: 60 s, start: 1 min }", { kind: "within", start: 60_000, duration: 60_000 }],
    ["{ poisson: 2 per s }", { kind: "poisson", rate: 0.002, start: 0, until: day }],
    [
      "{ poisson: 1 per min, start: 1 s, until: 1 h }",
      { kind: "poisson", rate: 1 / 60_000, start: 1000, until: 3_600_000 },
    ],
    [
      "{ decaying: 2 per s, timeConstant: 10 min }",
      { kind: "decaying", rate: 0.002, timeConstant: 600_000, start: 0, until: day },
    ],
    [
      "{ decaying: 2 per s, timeConstant: 10 min, start: 1 s, until: 1 h }",
      { kind: "decaying", rate: 0.002, timeConstant: 600_000, start: 1000, until: 3_600_000 },
    ],
  ])("may be %s", (value, arrive) => {
    expect(dsl(`arrive: ${value}`).arrive).toEqual(arrive);
  });

  const uncounted = (line: string) => dslWith(line).replace("    count: 10\n", "");

  test("by Poisson without a count are without bound", () => {
    const text = uncounted("arrive: { poisson: 2 per s, until: 10 min }");
    expect(parseScenario(text).peers[1]?.count).toBe(Number.POSITIVE_INFINITY);
    const written = dslWith("arrive: { poisson: 2 per s, until: 10 min }").replace(
      "10\n",
      "unlimited\n",
    );
    expect(parseScenario(written).peers[1]?.count).toBe(Number.POSITIVE_INFINITY);
  });

  test("by a list come in its order in time, and are counted", () => {
    const [, peers] = parseScenario(uncounted("arrive: { trace: [3 s, 500 ms, 1 min] }")).peers;
    expect(peers).toMatchObject({
      count: 3,
      arrive: { kind: "trace", times: [500, 3000, 60_000] },
    });
  });

  test("by a list may be fewer than it has", () => {
    const text = dslWith("arrive: { trace: [1 s, 2 s] }").replace("count: 10", "count: 1");
    expect(parseScenario(text).peers[1]?.count).toBe(1);
  });

  test("by a file ask for its text by the name in the scenario", () => {
    const asked: string[] = [];
    const readFile = (path: string) => {
      asked.push(path);
      return "1 s\n2 s\n";
    };
    const [, peers] = parseScenario(uncounted("arrive: { trace: ./a.txt }"), { readFile }).peers;
    expect(asked).toEqual(["./a.txt"]);
    expect(peers).toMatchObject({ count: 2, arrive: { kind: "trace", times: [1000, 2000] } });
  });
});
