import fc from "fast-check";
import { apportion } from "../../src/core/apportion.ts";
import { profiles } from "../../src/engine/profiles.ts";
import type { ClientSettings, PipelineRule } from "../../src/engine/settings.ts";
import type { Arrival, Distribution, PeerClass, Scenario } from "../../src/scenario/scenario.ts";
import {
  delay,
  distribution,
  HOUR,
  line,
  number,
  positiveTime,
  rate,
  share,
  text,
  time,
  whole,
} from "./arbitrary-values.ts";

const arrive: fc.Arbitrary<{ arrive: Arrival; count: number }> = fc.oneof(
  fc.record({
    arrive: time.map((one) => ({ kind: "at" as const, time: one })),
    count: whole(1, 1000),
  }),
  fc.record({
    arrive: fc.record({
      kind: fc.constant("within" as const),
      start: time,
      duration: positiveTime,
    }),
    count: whole(1, 1000),
  }),
  fc.record({
    arrive: fc.record({
      kind: fc.constant("poisson" as const),
      rate: number(1e-9, 0.01),
      start: time,
      until: number(HOUR + 1, 2 * HOUR),
    }),
    count: fc.oneof(whole(1, 1000), fc.constant(Number.POSITIVE_INFINITY)),
  }),
  fc.record({
    arrive: fc.record({
      kind: fc.constant("decaying" as const),
      rate: number(1e-9, 0.01),
      timeConstant: positiveTime,
      start: time,
      until: number(HOUR + 1, 2 * HOUR),
    }),
    count: fc.oneof(whole(1, 1000), fc.constant(Number.POSITIVE_INFINITY)),
  }),
  fc.array(time, { minLength: 1, maxLength: 20 }).map((times) => ({
    arrive: { kind: "trace" as const, times: times.sort((a, b) => a - b) },
    count: times.length,
  })),
);

const leave: fc.Arbitrary<PeerClass["leave"]> = fc.oneof(
  fc.constant({ afterCompletion: undefined, session: undefined, crash: false, rejoin: false }),
  fc.record({
    afterCompletion: distribution(time, true),
    session: fc.constant(undefined),
    crash: fc.boolean(),
    rejoin: fc.boolean(),
  }),
  fc.record({
    afterCompletion: fc.option(distribution(time, true), { nil: undefined }),
    session: distribution(positiveTime, true),
    crash: fc.boolean(),
    rejoin: fc.boolean(),
  }),
);

const pieces: fc.Arbitrary<PeerClass["pieces"]> = fc.oneof(
  fc.constant({ kind: "none" as const }),
  share.map((fraction) => ({ kind: "fraction" as const, fraction })),
  fc.uniqueArray(whole(0, 39), { minLength: 1 }).map((missing) => ({
    kind: "all-but" as const,
    pieces: missing.sort((a, b) => a - b),
  })),
);

const strategy = fc.record({
  name: fc.oneof(fc.constantFrom("random", "./mine.ts", "C:\\x\\mine.js"), text.filter(Boolean)),
  options: fc.dictionary(
    text.filter((key) => key !== "__proto__"),
    fc.oneof(number(-1e9, 1e9), fc.boolean(), text),
    { maxKeys: 3, noNullPrototype: true },
  ),
});

const pipeline: fc.Arbitrary<PipelineRule> = fc.oneof(
  whole(1, 1000).map((requests) => ({ rule: "fixed" as const, requests })),
  whole(1, 1000).map((start) => ({ rule: "mainline" as const, start })),
  fc.record({
    rule: fc.constant("seconds" as const),
    seconds: whole(1, 100_000).map((ms) => ms / 1000),
    min: whole(1, 500),
    max: whole(500, 1000),
  }),
);

const settings: fc.Arbitrary<Partial<ClientSettings>> = fc.record(
  {
    slots: fc.oneof(
      whole(1, 100).map((slots) => ({ rule: "fixed" as const, slots })),
      fc.constant({ rule: "mainline" as const }),
    ),
    rechokeInterval: number(100, HOUR),
    newPeerWeight: number(0.001, 1000),
    preemptiveUnchoke: fc.boolean(),
    parole: fc.boolean(),
    rateFudge: time,
    pipeline,
    maxRequestLength: whole(16_384, 2 ** 30),
    minPeers: whole(0, 50),
    maxSpares: whole(1, 1000),
  },
  { requiredKeys: [] },
);

const behaviour = fc
  .record({
    choker: strategy,
    seedChoker: fc.option(strategy, { nil: undefined }),
    picker: strategy,
    profile: fc.constantFrom(...(Object.keys(profiles) as (keyof typeof profiles)[])),
    settings,
  })
  .map((one) => {
    const full = { ...profiles[one.profile], ...one.settings, uploadQueueLimit: 1000 };
    return { ...one, settings: full, ownSettings: full };
  });

const unlimited = Number.POSITIVE_INFINITY;

const accessLink = fc
  .array(
    fc.record({
      upload: rate,
      download: fc.oneof(rate, fc.constant(unlimited)),
      weight: number(0.001, 1000),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((links) => {
    const of = (key: "upload" | "download"): Distribution => ({
      kind: "values",
      values: links.map(({ weight, ...one }) => ({ value: one[key], weight })),
    });
    return { upload: of("upload"), download: of("download"), isJoint: true };
  });

/** Capacities of their own for up and down, or links as a whole. */
const links: fc.Arbitrary<Pick<PeerClass, "upload" | "download" | "isJoint">> = fc.oneof(
  fc.record({
    upload: distribution(rate, false),
    download: fc.oneof(
      distribution(rate, false),
      fc.constant<Distribution>({ kind: "constant", value: unlimited }),
    ),
    isJoint: fc.constant(false),
  }),
  accessLink,
);

const traits = fc
  .record({
    links,
    delay: distribution(delay, true),
    reachable: fc.boolean(),
    corrupts: share,
    pieces,
    arrive,
    leave,
  })
  .map(({ links: own, ...one }) => {
    return { ...one, ...own, ...one.arrive, role: "leecher" as const };
  });

/** A class, or the members of a mix. */
const population: fc.Arbitrary<(name: string) => PeerClass[]> = fc
  .record({
    traits,
    isMixed: fc.boolean(),
    parts: fc.array(fc.tuple(whole(0, 20), behaviour), { minLength: 1, maxLength: 3 }),
  })
  .filter(({ parts }) => parts.some(([weight]) => weight > 0))
  .map(({ traits: common, isMixed, parts }) => (name) => {
    const { count } = common;
    if (!isMixed)
      return [{ ...common, ...(parts[0] as (typeof parts)[0])[1], name, mix: undefined }];
    const total = parts.reduce((sum, [weight]) => sum + weight, 0);
    const shares = parts.map(([weight]) => weight / total);
    const counts = Number.isFinite(count) ? apportion(shares, count) : shares.map(() => count);
    return parts.map(([, own], i) => {
      const mix = { population: name, count, share: shares[i] as number };
      return { ...common, ...own, name: `${name}-${i}`, mix, count: counts[i] as number };
    });
  });

const originSettings = { ...profiles["mainline-4"], uploadQueueLimit: 1000 };

const origin: PeerClass = {
  name: "origin",
  mix: undefined,
  count: 1,
  role: "seeder",
  isJoint: false,
  upload: { kind: "constant", value: 1e6 },
  download: { kind: "constant", value: 1e6 },
  delay: { kind: "constant", value: 20 },
  reachable: true,
  corrupts: 0,
  pieces: { kind: "none" },
  arrive: { kind: "at", time: 0 },
  leave: { afterCompletion: undefined, session: undefined, crash: false, rejoin: false },
  choker: { name: "random", options: {} },
  seedChoker: undefined,
  picker: { name: "random", options: {} },
  profile: "mainline-4",
  settings: originSettings,
  ownSettings: originSettings,
};

const stoppedAnyhow: fc.Arbitrary<Scenario> = fc.record({
  name: line,
  description: text,
  seed: fc.oneof(whole(-1e9, 1e9).map(String), text.filter(Boolean), fc.double().map(String)),
  torrent: fc.record({
    size: whole(40 * 16_384 - 100, 40 * 16_384),
    pieceLength: fc.constant(16_384),
  }),
  network: fc.record({
    model: fc.constant("access" as const),
    delay: distribution(delay, true),
    headerBytes: whole(0, 1000),
    segmentBytes: whole(100, 2 ** 20),
  }),
  tracker: fc.record({
    numwant: whole(1, 10_000),
    interval: number(60_000, HOUR),
    minInterval: number(0, 60_000),
    delay,
  }),
  peers: fc
    .array(population, { minLength: 1, maxLength: 3 })
    .map((makers) => [origin, ...makers.flatMap((make, i) => make(`класс_${i}`))]),
  stop: fc.record({
    when: fc.constantFrom("all-complete" as const, "time" as const),
    atMost: number(2 * HOUR, 100 * HOUR),
  }),
  wire: fc.constantFrom("direct" as const, "bytes" as const),
  sampleInterval: number(1000, HOUR),
});

/** Classes that a run may wait for, and the populations of mixes among them. */
function completing({ peers }: Scenario): string[] {
  return peers
    .filter(({ role, leave: { rejoin }, count }) => role === "leecher" && !rejoin && count > 0)
    .flatMap(({ name, mix }) => (mix === undefined ? [name] : [name, mix.population]));
}

/** Scenarios that the parser may make: an origin and one to three classes of leechers, with all that a file can say. */
export const arbitraryScenario: fc.Arbitrary<Scenario> = fc
  .tuple(stoppedAnyhow, fc.array(fc.nat(), { maxLength: 3 }))
  .map(([scenario, picks]) => {
    const names = completing(scenario);
    if (picks.length === 0 || names.length === 0) return scenario;
    const complete = picks.map((pick) => names[pick % names.length] as string);
    return { ...scenario, stop: { ...scenario.stop, when: { complete } } };
  });
