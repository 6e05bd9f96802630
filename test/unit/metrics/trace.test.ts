import { expect, test } from "@jest/globals";
import { Trace } from "../../../src/metrics/trace.ts";

test("a trace is one JSON object a line, with the simulated time in seconds", () => {
  const clock = { now: 0 };
  let text = "";
  const trace = new Trace(clock, (line) => {
    text += line;
  });
  trace.arrived(3, 'a "class"');
  clock.now = 1500;
  trace.interested(3, 1, false);
  trace.blockReceived(3, 1, 7, 16_384, 16_384, true);
  expect(text.endsWith("\n")).toBe(true);
  expect(
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { t: 0, event: "arrived", peer: 3, class: 'a "class"' },
    { t: 1.5, event: "not-interested", peer: 3, remote: 1 },
    {
      t: 1.5,
      event: "block-received",
      peer: 3,
      remote: 1,
      piece: 7,
      begin: 16_384,
      length: 16_384,
      wasted: true,
    },
  ]);
});
