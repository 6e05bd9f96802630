import type { PeerClassInput } from "./peer-schema.ts";
import type { Context } from "./resolving.ts";
import type { Arrival } from "./scenario.ts";
import { readTraceFile } from "./trace-file.ts";

/** When the peers of a class come. */
export function resolveArrival(
  { arrive }: PeerClassInput,
  { atMost, around, report }: Context,
): Arrival {
  const { at, within, poisson, decaying, trace, start = 0 } = arrive;
  if (within !== undefined) return { kind: "within", start, duration: within };
  if (poisson !== undefined) {
    return { kind: "poisson", rate: poisson, start, until: arrive.until ?? atMost };
  }
  if (decaying !== undefined) {
    const { timeConstant = 1, until = atMost } = arrive;
    return { kind: "decaying", rate: decaying, timeConstant, start, until };
  }
  if (trace === undefined) return { kind: "at", time: at ?? 0 };
  let times: readonly number[] = [];
  if (typeof trace === "string") {
    const read = readTraceFile(trace, around.readFile);
    if (read.problem === undefined) times = read.times;
    else report(["arrive", "trace"], read.problem);
  } else {
    times = trace;
  }
  return { kind: "trace", times: [...times].sort((a, b) => a - b) };
}

/** How many peers a class has; NaN where that is missing. */
export function resolveCount(input: PeerClassInput, arrive: Arrival, { report }: Context): number {
  const count = input.count ?? countOfMembers(input);
  if (arrive.kind === "poisson" || arrive.kind === "decaying") {
    return typeof count === "number" ? count : Number.POSITIVE_INFINITY;
  }
  if (count === "unlimited") {
    report(["count"], {
      message: "can be unlimited only with arrive: { poisson: … } or { decaying: … }",
    });
    return 1;
  }
  if (arrive.kind !== "trace") {
    if (count === undefined)
      report(["count"], { message: "is missing", hint: "It must be a whole number" });
    return count ?? Number.NaN;
  }
  const { length } = arrive.times;
  if (count !== undefined && length > 0 && count > length) {
    report(["count"], { message: `is ${count}, and the arrival times are ${length}` });
  }
  return count ?? length;
}

/** The members' counts together, where each has one. */
function countOfMembers({ mix = [] }: PeerClassInput): number | undefined {
  const counts = mix.map(({ count }) => count ?? Number.NaN);
  return counts.reduce((sum, count) => sum + count, 0) || undefined;
}
