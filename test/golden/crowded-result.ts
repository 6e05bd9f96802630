import type { RunResult } from "../../src/metrics/results.ts";
import { peerRow, runResult, sampleRow, seederRow } from "../support/run-results.ts";

const names = Array.from({ length: 12 }, (_, at) => `class-number-${at}-`.padEnd(64, "long-name-"));

/** As much as a page may get: 12 classes with the longest names, 100 peers each, and 1,000 samples. */
export function crowdedResult(): RunResult {
  const leechers = names.flatMap((name, at) =>
    Array.from({ length: 100 }, (_, number) =>
      peerRow({
        peer: at * 100 + number,
        class: name,
        completedSeconds: 1000 + 37 * number + at,
        downloadedBytes: 1_000_003,
        uploadedBytes: 1_000_003 * (number / 70 + at / 9),
      }),
    ),
  );
  const samples = Array.from({ length: 1000 }, (_, at) =>
    names.map((name, number) => {
      const wave = (Math.imul(at * 31 + number * 17, 2_654_435_761) >>> 0) / 2 ** 32;
      return sampleRow({
        timeSeconds: (at + 1) * 5,
        class: name,
        leechers: Math.max(0, 100 - Math.floor(at / 9)),
        seeders: Math.min(100, Math.floor(at / 9)),
        downloadBytesPerSecond: wave * 3e6,
        uploadBytesPerSecond: wave * 2e6,
        uplinkUtilisation: wave,
        downlinkUtilisation: wave / 3,
      });
    }),
  ).flat();
  const availability = Array.from({ length: 1000 }, (_, at) => {
    return { timeSeconds: (at + 1) * 5, minimum: 1 + (at % 7), mean: 300 + at / 7, maximum: 1201 };
  });
  const summary = { simulatedSeconds: 5000 };
  return runResult([seederRow(), ...leechers], { samples, availability, summary });
}
