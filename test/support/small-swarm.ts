import fc from "fast-check";
import { profiles } from "../../src/engine/profiles.ts";
import type { ClientSettings, PipelineRule } from "../../src/engine/settings.ts";
import type { Arrival, Distribution, PeerClass, Scenario } from "../../src/scenario/scenario.ts";
import { builtInStrategies } from "../../src/strategies/built-in.ts";
import { constant, MBIT, origin, peerClass, scenario } from "./scenarios.ts";

const whole = (min: number, max: number) => fc.integer({ min, max });
/** A value below it now and then, and `usual` most of the time. */
const mostly = <T>(usual: T, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const chokers = [...builtInStrategies.chokers.values()];
const leecherChokers = chokers.filter((one) => !one.seederOnly).map((one) => one.name);
const seedChokers = chokers.filter((one) => !one.leecherOnly).map((one) => one.name);
const pickers = [...builtInStrategies.pickers.keys()];

function between(min: number, max: number): fc.Arbitrary<Distribution> {
  return fc.oneof(
    whole(min, max).map(constant),
    fc
      .tuple(whole(min, max), whole(min, max))
      .map(
        ([a, b]): Distribution => ({ kind: "uniform", min: Math.min(a, b), max: Math.max(a, b) }),
      ),
  );
}

/** At most 24 pieces of lengths that fit blocks, do not, or are shorter than one; the last piece is short. */
const torrent = fc
  .tuple(fc.constantFrom(100, 10_000, 16_384, 40_000, 65_536), whole(1, 24), whole(1, 1000))
  .map(([pieceLength, pieces, share]) => ({
    pieceLength,
    size: (pieces - 1) * pieceLength + Math.ceil((pieceLength * share) / 1000),
  }));

const arrive: fc.Arbitrary<Arrival> = fc.oneof(
  whole(0, 30_000).map((time): Arrival => ({ kind: "at", time })),
  fc.record({
    kind: fc.constant("within" as const),
    start: whole(0, 20_000),
    duration: whole(1, 60_000),
  }),
  fc.record({
    kind: fc.constant("poisson" as const),
    rate: fc.constantFrom(1 / 500, 1 / 10_000),
    start: whole(0, 20_000),
    until: fc.constant(120_000),
  }),
  fc.record({
    kind: fc.constant("decaying" as const),
    rate: fc.constantFrom(1 / 500, 1 / 10_000),
    timeConstant: fc.constantFrom(1_000, 60_000),
    start: whole(0, 20_000),
    until: fc.constant(120_000),
  }),
  fc
    .array(whole(0, 60_000), { minLength: 1, maxLength: 6 })
    .map((times): Arrival => ({ kind: "trace", times: times.sort((a, b) => a - b) })),
);

const session: fc.Arbitrary<Distribution> = fc
  .constantFrom(1_000, 20_000, 60_000)
  .map((mean) => ({ kind: "exponential", mean }));

const leave: fc.Arbitrary<PeerClass["leave"]> = fc.record({
  afterCompletion: mostly<Distribution | undefined>(
    undefined,
    fc.constantFrom(constant(0), constant(5_000)),
  ),
  session: mostly<Distribution | undefined>(undefined, session),
  crash: fc.boolean(),
  rejoin: mostly(false, fc.constant(true)),
});

const pipeline: fc.Arbitrary<PipelineRule> = fc.oneof(
  whole(1, 20).map((requests): PipelineRule => ({ rule: "fixed", requests })),
  whole(1, 20).map((start): PipelineRule => ({ rule: "mainline", start })),
  fc.constant<PipelineRule>({ rule: "seconds", seconds: 3, min: 2, max: 500 }),
);

const settings: fc.Arbitrary<Partial<ClientSettings>> = fc.record(
  {
    slots: whole(1, 5).map((slots) => ({ rule: "fixed" as const, slots })),
    rechokeInterval: fc.constantFrom(1_000, 10_000, 15_000),
    optimisticRounds: whole(1, 4),
    minUploads: whole(0, 4),
    newPeerWeight: whole(1, 5),
    preemptiveUnchoke: fc.boolean(),
    parole: fc.boolean(),
    snubTime: fc.constantFrom(2_000, 60_000),
    rateFudge: fc.constantFrom(0, 5_000),
    randomFirstPieces: whole(0, 8),
    uploadQueueLimit: fc.constantFrom(20, 250),
    maxInitiate: whole(1, 20),
    maxConnections: whole(1, 20),
    numwant: whole(1, 50),
    reannounceInterval: fc.constantFrom(5_000, 300_000),
    handshakeTimeout: fc.constantFrom(500, 30_000),
    dialTimeout: fc.constantFrom(1_000, 30_000),
    keepAliveInterval: fc.constantFrom(2_000, 120_000),
    maxSpares: whole(1, 50),
  },
  { requiredKeys: [] },
);

const leechers: fc.Arbitrary<PeerClass> = fc
  .record({
    count: whole(1, 6),
    upload: between(MBIT / 50, 10 * MBIT),
    download: fc.oneof(
      between(MBIT / 10, 20 * MBIT),
      fc.constant(constant(Number.POSITIVE_INFINITY)),
    ),
    delay: between(0, 300),
    reachable: mostly(true, fc.constant(false)),
    corrupts: mostly(0, fc.constantFrom(0.1, 1)),
    pieces: mostly<PeerClass["pieces"]>(
      { kind: "none" },
      fc.constantFrom<PeerClass["pieces"]>(
        { kind: "all-but", pieces: [0] },
        { kind: "fraction", fraction: 0.5 },
        { kind: "fraction", fraction: 1 },
      ),
    ),
    arrive,
    leave,
    choker: mostly("tit-for-tat", fc.constantFrom(...leecherChokers)),
    seedChoker: fc.constantFrom(...seedChokers),
    picker: fc.constantFrom(...pickers),
    profile: fc.constantFrom(...(Object.keys(profiles) as (keyof typeof profiles)[])),
    pipeline,
    settings,
  })
  .map(({ settings: overrides, pipeline: rule, ...one }) =>
    peerClass("", {
      ...one,
      settings: { ...profiles[one.profile], minPeers: 1, ...overrides, pipeline: rule },
    }),
  );

const seeders: fc.Arbitrary<PeerClass> = fc
  .record({
    count: whole(1, 2),
    upload: between(MBIT / 4, 20 * MBIT),
    delay: between(0, 100),
    choker: fc.constantFrom(...seedChokers),
    picker: mostly("rarest-first", fc.constantFrom(...pickers)),
    corrupts: mostly(0, fc.constant(0.2)),
    leave: fc.record({
      afterCompletion: fc.constant(undefined),
      session: mostly<Distribution | undefined>(undefined, session),
      crash: fc.boolean(),
      rejoin: fc.constant(false),
    }),
  })
  .map(origin);

/** Swarms of up to twenty peers with everything that can go wrong, over in a second of ours at most. */
export const smallSwarm: fc.Arbitrary<Scenario> = fc
  .record({
    torrent,
    seed: fc.nat(1_000_000).map(String),
    seeders,
    classes: fc.array(leechers, { minLength: 1, maxLength: 3 }),
    network: fc.record({
      model: fc.constant("access" as const),
      delay: fc.constant(constant(0)),
      headerBytes: fc.constantFrom(0, 40),
      segmentBytes: fc.constantFrom(100, 1460),
    }),
    tracker: fc.record({
      numwant: whole(1, 50),
      interval: fc.constantFrom(60_000, 1_800_000),
      minInterval: fc.constantFrom(0, 60_000),
      delay: fc.constantFrom(0, 20),
    }),
    stop: fc.record({
      when: fc.constantFrom<Scenario["stop"]["when"]>("all-complete", "time", {
        complete: ["class-0"],
      }),
      atMost: whole(1_000, 600_000),
    }),
  })
  .map(({ seeders: first, classes, ...rest }) =>
    scenario([first, ...classes.map((one, i) => ({ ...one, name: `class-${i}` }))], rest),
  );
