import { profiles } from "../engine/profiles.ts";
import type { ClientSettings } from "../engine/settings.ts";
import type { Path, Problem } from "./issues.ts";
import type { PeerClassInput } from "./peer-schema.ts";
import { resolveArrival, resolveCount } from "./resolve-arrival.ts";
import { resolveDistribution, resolveLink } from "./resolve-link.ts";
import { resolveMix } from "./resolve-mix.ts";
import type { Context, Report, Surroundings } from "./resolving.ts";
import type { Departure, Distribution, PeerClass, Scenario } from "./scenario.ts";
import type { ScenarioInput } from "./schema.ts";

/** The run ends then, if the scenario says nothing. */
export const DEFAULT_AT_MOST = 86_400_000;

/** Fills in the defaults that depend on other keys. Problems are added to `problems`. */
export function resolve(input: ScenarioInput, around: Surroundings, problems: Problem[]): Scenario {
  const { network, tracker, stop, torrent } = input;
  const atMost = stop.atMost ?? DEFAULT_AT_MOST;
  const contextAt = (place: Path): Context => {
    const report: Report = (keys, problem) =>
      problems.push({ ...problem, path: [...place, ...keys] });
    return { atMost, around, report };
  };
  const delay = resolveDistribution(network.delay, ["delay"], contextAt(["network"]));
  return {
    name: input.name ?? around.name,
    description: input.description,
    seed: input.seed,
    torrent,
    network: {
      model: network.model,
      delay,
      headerBytes: network.headers,
      segmentBytes: network.segment,
    },
    tracker,
    peers: input.peers.flatMap((one, index) => {
      const context = contextAt(["peers", index]);
      return resolveMix(resolveClass(one, delay, context), one, context.report);
    }),
    stop: { when: stop.when, atMost },
    wire: input.wire,
    sampleInterval: input.sampleInterval,
  };
}

function resolveClass(one: PeerClassInput, delay: Distribution, context: Context): PeerClass {
  const arrive = resolveArrival(one, context);
  return {
    name: one.class,
    mix: undefined,
    count: resolveCount(one, arrive, context),
    role: one.role,
    ...resolveLink(one, context),
    delay: one.delay === undefined ? delay : resolveDistribution(one.delay, ["delay"], context),
    reachable: one.reachable,
    corrupts: one.corrupts,
    pieces: resolvePieces(one.pieces),
    arrive,
    leave: resolveDeparture(one.leave, context),
    choker: one.choker,
    seedChoker: one.seedChoker,
    picker: one.picker,
    profile: one.profile,
    settings: { ...profiles[one.profile], ...(one.settings as Partial<ClientSettings>) },
    ownSettings: one.settings as Partial<ClientSettings>,
  };
}

function resolvePieces(pieces: PeerClassInput["pieces"]): PeerClass["pieces"] {
  if (pieces === undefined || pieces === "none") return { kind: "none" };
  const { allBut, fraction } = pieces;
  if (allBut !== undefined) {
    return { kind: "all-but", pieces: [...new Set(allBut)].sort((a, b) => a - b) };
  }
  return { kind: "fraction", fraction: fraction ?? 0 };
}

function resolveDeparture(leave: PeerClassInput["leave"], context: Context): Departure {
  if (typeof leave === "object") {
    const { after, session, crash, rejoin } = leave;
    return {
      afterCompletion: after && resolveDistribution(after, ["leave", "after"], context),
      session: session && resolveDistribution(session, ["leave", "session"], context),
      crash,
      rejoin,
    };
  }
  const atOnce: Distribution = { kind: "constant", value: 0 };
  return {
    afterCompletion: leave === "never" ? undefined : atOnce,
    session: undefined,
    crash: false,
    rejoin: leave === "rejoin",
  };
}
