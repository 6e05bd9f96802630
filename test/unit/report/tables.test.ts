import { describe, expect, test } from "@jest/globals";
import {
  asWritten,
  availabilityTable,
  csv,
  parseCsv,
  peersTable,
  samplesTable,
} from "../../../src/report/tables.ts";
import { fixedResult, peerRow, runResult, strangerRow } from "../../support/run-results.ts";

describe("a CSV", () => {
  test("read again is what was written", () => {
    const { peers, samples, availability } = asWritten(fixedResult());
    expect(parseCsv(peersTable, csv(peersTable, peers))).toEqual(peers);
    expect(parseCsv(samplesTable, csv(samplesTable, samples))).toEqual(samples);
    expect(parseCsv(availabilityTable, csv(availabilityTable, availability))).toEqual(availability);
  });

  test("has a header, an empty cell for what has not happened, and six decimals at most", () => {
    const [header, line] = csv(peersTable, [peerRow({ delayMilliseconds: 1 / 3 })]).split("\n");
    expect(header).toMatch(/^peer,class,role,arrivedSeconds,completedSeconds,/);
    expect(line).toMatch(/^0,dsl,leecher,0,,,,/);
    expect(line).toContain(",0.333333,");
  });

  test("quotes names with commas, quotes and line ends", () => {
    const peers = [peerRow({ class: 'a,"b"\nc' }), peerRow({ class: "plain" })];
    const text = csv(peersTable, peers);
    expect(text).toContain('"a,""b""\nc"');
    expect(parseCsv(peersTable, text)).toEqual(peers);
  });

  test("has an unlimited link as Infinity, one that is not known as nothing, and no other number so", () => {
    const any = Number.POSITIVE_INFINITY;
    const peers = [
      peerRow({ uploadCapacityBytesPerSecond: any, downloadCapacityBytesPerSecond: any }),
      strangerRow(),
    ];
    const text = csv(peersTable, peers);
    expect(text).toContain(",Infinity,Infinity,");
    expect(parseCsv(peersTable, text)).toEqual(peers);
    expect(() => parseCsv(peersTable, text.replace(/\n0,/, "\nInfinity,"))).toThrow(
      "peers.csv:2 peer",
    );
  });

  test("of no rows is a header, and reads as no rows", () => {
    expect(parseCsv(peersTable, csv(peersTable, []))).toEqual([]);
  });

  test("may come from a spreadsheet: a mark in front, other line ends, columns moved and added", () => {
    const text = "\uFEFFmaximum,mean,note,minimum,timeSeconds\r\n4,2.5,x,1,10\r\n";
    expect(parseCsv(availabilityTable, text)).toEqual([
      { timeSeconds: 10, minimum: 1, mean: 2.5, maximum: 4 },
    ]);
  });

  test.each([
    ["timeSeconds,minimum,mean\n", 'no column "maximum"'],
    [
      "timeSeconds,minimum,mean,maximum\n1,2,x,4\n",
      'availability.csv:2 mean: expected a number, got "x"',
    ],
    ["timeSeconds,minimum,mean,maximum\n1,2,3,4\n1,2,3\n", "availability.csv:3 maximum"],
    ["timeSeconds,minimum,mean,maximum\n1,2,Infinity,4\n", "availability.csv:2 mean"],
  ])("that is damaged is refused with the place: %j", (text, message) => {
    expect(() => parseCsv(availabilityTable, text)).toThrow(message);
  });
});

test("a result as written is what its files say, and stays so", () => {
  const result = runResult([peerRow({ arrivedSeconds: 1 / 3, completedSeconds: 2 })]);
  const written = asWritten(result);
  expect(written.peers[0]?.arrivedSeconds).toBe(0.333333);
  expect(asWritten(written)).toEqual(written);
  expect(written.summary).toBe(result.summary);
});
