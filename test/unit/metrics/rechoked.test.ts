import { describe, expect, test } from "@jest/globals";
import type { Observer, RechokeReport } from "../../../src/engine/observer.ts";
import { observerOf } from "../../../src/metrics/observer-list.ts";
import { Recorder } from "../../../src/metrics/recorder.ts";
import { SilentObserver } from "../../../src/metrics/silent-observer.ts";
import { Trace } from "../../../src/metrics/trace.ts";

const clock = { now: 120_000 };

const report: RechokeReport = {
  round: 12,
  trigger: "timer",
  slots: 4,
  isSeeding: false,
  decisions: [
    {
      remote: 3,
      isInterested: true,
      downloadRate: 1000.4,
      uploadRate: 99.5,
      rank: 1,
      decision: "keep",
      slot: "regular",
      allotment: 512.25,
      reason: 'rank 1 "by" what it sends',
    },
    {
      remote: 7,
      isInterested: false,
      downloadRate: 0,
      uploadRate: 0,
      rank: null,
      decision: "choke",
      slot: null,
      allotment: null,
      reason: "not interested",
    },
  ],
};

function hearing(): { observer: Observer; heard: unknown[] } {
  const heard: unknown[] = [];
  const rechoked = (...args: unknown[]) => heard.push(...args);
  return { observer: Object.assign(new SilentObserver(), { rechoked }), heard };
}

describe("rechoke rounds", () => {
  test("are written by a trace that is asked to, one a line, with whole rates", () => {
    const lines: string[] = [];
    const trace = new Trace(clock, (line) => lines.push(line), { rechokes: true });
    trace.rechoked?.(5, report);
    const [line = ""] = lines;
    expect(line.endsWith("]}\n")).toBe(true);
    expect(JSON.parse(line)).toEqual({
      t: 120,
      event: "rechoke",
      peer: 5,
      round: 12,
      trigger: "timer",
      slots: 4,
      seeding: false,
      decisions: [
        {
          remote: 3,
          interested: true,
          downloadRate: 1000,
          uploadRate: 100,
          rank: 1,
          decision: "keep",
          slot: "regular",
          allotment: 512,
          reason: 'rank 1 "by" what it sends',
        },
        {
          remote: 7,
          interested: false,
          downloadRate: 0,
          uploadRate: 0,
          rank: null,
          decision: "choke",
          slot: null,
          allotment: null,
          reason: "not interested",
        },
      ],
    });
  });

  test("are nothing that a trace wants otherwise", () => {
    expect(new Trace(clock, () => {}).rechoked).toBeUndefined();
    expect(new Trace(clock, () => {}, { rechokes: false }).rechoked).toBeUndefined();
  });

  test("are passed on by a list of observers and by the recorder if somebody wants them, else not", () => {
    const silent = new SilentObserver();
    const { observer, heard } = hearing();
    const list = observerOf([silent, observer]);
    expect(observerOf([silent, silent])?.rechoked).toBeUndefined();
    expect(new Recorder(clock, 1, 1).rechoked).toBeUndefined();
    expect(new Recorder(clock, 1, 1, silent).rechoked).toBeUndefined();
    const recorder = new Recorder(clock, 1, 1, list);
    const digest = recorder.digest.toString();
    recorder.rechoked?.(5, report);
    expect(heard).toEqual([5, report]);
    expect(recorder.digest.toString()).toBe(digest);
  });
});
