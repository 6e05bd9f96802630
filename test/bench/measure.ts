import { Bench } from "tinybench";
import { cpuTime } from "./cpu-time.ts";

/** One thing to time: `run` does it `operations` times. */
export interface Case {
  readonly name: string;
  /** What is counted, in the singular. */
  readonly operation: string;
  readonly operations: number;
  /** Bytes that one call of `run` goes through, where that says something. */
  readonly bytes?: number;
  /** Returns something that follows from the work, so that no compiler leaves it out. */
  run(): number;
}

/** What a case came to: medians over samples. */
export interface Measured {
  readonly name: string;
  readonly operation: string;
  readonly nanoseconds: number;
  readonly perSecond: number;
  readonly megabytesPerSecond: number | null;
  /** Distance between the quartiles over the median: what the machine's noise does. */
  readonly spread: number;
  readonly samples: number;
}

/** Times cases one after the other, in CPU time. */
export function measure(cases: readonly Case[]): Measured[] {
  const bench = new Bench({
    now: cpuTime,
    time: 500,
    iterations: 20,
    warmupTime: 200,
    warmupIterations: 5,
    retainSamples: true,
    throws: true,
  });
  for (const one of cases) bench.add(one.name, () => one.run());
  bench.runSync();
  return cases.map((one) => {
    const result = bench.getTask(one.name)?.result;
    if (result?.state !== "completed") throw new Error(`${one.name} did not run to its end`);
    const samples = [...(result.latency.samples ?? [])].sort((a, b) => a - b);
    const quartile = (share: number) => samples[Math.floor(share * (samples.length - 1))] as number;
    const median = quartile(0.5);
    return {
      name: one.name,
      operation: one.operation,
      nanoseconds: (median / one.operations) * 1e6,
      perSecond: (one.operations / median) * 1e3,
      megabytesPerSecond: one.bytes === undefined ? null : one.bytes / median / 1e3,
      spread: (quartile(0.75) - quartile(0.25)) / median,
      samples: samples.length,
    };
  });
}
