import { profiles } from "../engine/profiles.ts";
import type { ClientSettings } from "../engine/settings.ts";
import type { Path, Problem } from "./issues.ts";
import type { PeerClassInput } from "./peer-schema.ts";
import { resolveMix } from "./resolve-mix.ts";
import type { Arrival, Departure, PeerClass, Scenario } from "./scenario.ts";
import type { ScenarioInput } from "./schema.ts";
import { readTraceFile } from "./trace-file.ts";

/** The run ends then, if the scenario says nothing. */
export const DEFAULT_AT_MOST = 86_400_000;

/** What resolving needs besides the file. */
export interface Surroundings {
  /** Name of a scenario that has none. */
  readonly name: string;
  /** The text of an arrival file, named as the scenario names it. */
  readonly readTrace: ((path: string) => string) | undefined;
}

/** Fills in the defaults that depend on other keys. Problems are added to `problems`. */
export function resolve(input: ScenarioInput, around: Surroundings, problems: Problem[]): Scenario {
  const { network, tracker, stop, torrent } = input;
  const atMost = stop.atMost ?? DEFAULT_AT_MOST;
  return {
    name: input.name ?? around.name,
    description: input.description,
    seed: input.seed,
    torrent,
    network: {
      model: network.model,
      delay: network.delay,
      headerBytes: network.headers,
      segmentBytes: network.segment,
    },
    tracker,
    peers: input.peers.flatMap((one, index) => {
      const report = (keys: Path, problem: Omit<Problem, "path">) => {
        problems.push({ ...problem, path: ["peers", index, ...keys] });
      };
      return resolveMix(resolveClass(one, { input, atMost, around, report }), one, report);
    }),
    stop: { when: stop.when, atMost },
    wire: input.wire,
    sampleInterval: input.sampleInterval,
  };
}

interface Context {
  readonly input: ScenarioInput;
  readonly atMost: number;
  readonly around: Surroundings;
  readonly report: (keys: Path, problem: Omit<Problem, "path">) => void;
}

function resolveClass(one: PeerClassInput, context: Context): PeerClass {
  const arrive = resolveArrival(one, context);
  return {
    name: one.class,
    mix: undefined,
    count: resolveCount(one, arrive, context),
    role: one.role,
    upload: one.upload,
    download: one.download,
    delay: one.delay ?? context.input.network.delay,
    reachable: one.reachable,
    corrupts: one.corrupts,
    pieces: resolvePieces(one.pieces),
    arrive,
    leave: resolveDeparture(one.leave),
    choker: one.choker,
    seedChoker: one.seedChoker,
    picker: one.picker,
    profile: one.profile,
    settings: { ...profiles[one.profile], ...(one.settings as Partial<ClientSettings>) },
    ownSettings: one.settings as Partial<ClientSettings>,
  };
}

function resolveArrival({ arrive }: PeerClassInput, { atMost, around, report }: Context): Arrival {
  const { at, within, poisson, trace, start = 0 } = arrive;
  if (within !== undefined) return { kind: "within", start, duration: within };
  if (poisson !== undefined) {
    return { kind: "poisson", rate: poisson, start, until: arrive.until ?? atMost };
  }
  if (trace === undefined) return { kind: "at", time: at ?? 0 };
  let times: readonly number[] = [];
  if (typeof trace === "string") {
    const read = readTraceFile(trace, around.readTrace);
    if (read.problem === undefined) times = read.times;
    else report(["arrive", "trace"], read.problem);
  } else {
    times = trace;
  }
  return { kind: "trace", times: [...times].sort((a, b) => a - b) };
}

/** NaN where it is missing. */
function resolveCount(input: PeerClassInput, arrive: Arrival, { report }: Context): number {
  const count = input.count ?? countOfMembers(input);
  if (arrive.kind === "poisson") {
    return typeof count === "number" ? count : Number.POSITIVE_INFINITY;
  }
  if (count === "unlimited") {
    report(["count"], { message: "can be unlimited only with arrive: { poisson: … }" });
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

function resolvePieces(pieces: PeerClassInput["pieces"]): PeerClass["pieces"] {
  if (pieces === undefined || pieces === "none") return { kind: "none" };
  const { allBut, fraction } = pieces;
  if (allBut !== undefined) {
    return { kind: "all-but", pieces: [...new Set(allBut)].sort((a, b) => a - b) };
  }
  return { kind: "fraction", fraction: fraction ?? 0 };
}

function resolveDeparture(leave: PeerClassInput["leave"]): Departure {
  if (leave === "never") return { afterCompletion: undefined, session: undefined, crash: false };
  if (leave === "on-completion") {
    return { afterCompletion: { kind: "constant", value: 0 }, session: undefined, crash: false };
  }
  return { afterCompletion: leave.after, session: leave.session, crash: leave.crash };
}
