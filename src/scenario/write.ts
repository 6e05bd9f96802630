import { Document, isCollection, isPair, isScalar, isSeq, visit } from "yaml";
import type { ClientSettings } from "../engine/settings.ts";
import { formatQuantity } from "./format-units.ts";
import type {
  Arrival,
  Departure,
  Distribution,
  PeerClass,
  Scenario,
  StrategyChoice,
} from "./scenario.ts";
import type { Dimension } from "./units.ts";

/** The scenario as YAML with every default written out. `parseScenario` makes the same scenario of it. */
export function writeScenario(scenario: Scenario): string {
  const { name, description, torrent, network, tracker, stop } = scenario;
  const document = new Document(
    {
      name,
      description,
      seed: writeSeed(scenario.seed),
      torrent: { size: size(torrent.size), pieceLength: size(torrent.pieceLength) },
      network: {
        model: network.model,
        delay: writeDistribution("duration", network.delay),
        headers: size(network.headerBytes),
        segment: size(network.segmentBytes),
      },
      tracker: {
        numwant: tracker.numwant,
        interval: time(tracker.interval),
        minInterval: time(tracker.minInterval),
        delay: time(tracker.delay),
      },
      peers: writePeers(scenario.peers),
      stop: {
        when: typeof stop.when === "string" ? stop.when : { complete: [...stop.when.complete] },
        atMost: time(stop.atMost),
      },
      wire: scenario.wire,
      sampleInterval: time(scenario.sampleInterval),
    },
    { aliasDuplicateObjects: false },
  );
  // Blocks down to the settings of a class or a member, one line for what is within.
  visit(document, {
    Collection(_key, node, path) {
      const depth = path.filter(isCollection).length;
      const isClass = depth === 2 && isSeq(path.at(-1));
      const isMember = depth === 4 && isSeq(path.at(-1)) && isOf("mix", path.at(-2));
      const isPart = isOf("mix", path.at(-1)) || isOf("settings", path.at(-1));
      if (depth >= 2 && !isClass && !isMember && !isPart) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 110, flowCollectionPadding: true });
}

/** Whether a node is the value of this key. */
function isOf(key: string, pair: unknown): boolean {
  return isPair(pair) && isScalar(pair.key) && pair.key.value === key;
}

/** The classes, those of one population as the members of its mix. */
function writePeers(peers: readonly PeerClass[]): unknown[] {
  const written: unknown[] = [];
  for (let at = 0; at < peers.length; ) {
    const first = peers[at] as PeerClass;
    const { mix } = first;
    if (mix === undefined) {
      written.push({
        class: first.name,
        ...writeTraits(first, first.count),
        ...writeBehaviour(first),
      });
      at++;
      continue;
    }
    const members: unknown[] = [];
    for (; peers[at]?.mix?.population === mix.population; at++) {
      const one = peers[at] as PeerClass;
      members.push({ class: one.name, share: one.mix?.share, ...writeBehaviour(one) });
    }
    written.push({ class: mix.population, ...writeTraits(first, mix.count), mix: members });
  }
  return written;
}

/** What the members of a mix have in common. */
function writeTraits(one: PeerClass, count: number): Record<string, unknown> {
  return {
    count: count === Number.POSITIVE_INFINITY ? "unlimited" : count,
    role: one.role,
    ...writeLink(one),
    delay: writeDistribution("duration", one.delay),
    reachable: one.reachable,
    corrupts: one.corrupts,
    ...(one.role === "leecher" ? { pieces: writePieces(one.pieces) } : {}),
    arrive: writeArrival(one.arrive),
    leave: writeDeparture(one.leave),
  };
}

function writeBehaviour(one: PeerClass): Record<string, unknown> {
  return {
    choker: writeStrategy(one.choker),
    ...(one.seedChoker === undefined ? {} : { seedChoker: writeStrategy(one.seedChoker) }),
    picker: writeStrategy(one.picker),
    profile: one.profile,
    settings: writeSettings(one.settings),
  };
}

function writeLink({ upload, download, isJoint }: PeerClass): Record<string, unknown> {
  if (isJoint && upload.kind === "values" && download.kind === "values") {
    const values = upload.values.map(({ value, weight }, at) => {
      const down = formatQuantity("rate", (download.values[at] as { value: number }).value);
      return { download: down, upload: formatQuantity("rate", value), weight };
    });
    return { link: { values } };
  }
  return {
    upload: writeDistribution("rate", upload),
    download: writeDistribution("rate", download),
  };
}

function writeDistribution(dimension: Dimension, from: Distribution): unknown {
  const write = (value: number) => formatQuantity(dimension, value);
  switch (from.kind) {
    case "constant":
      return write(from.value);
    case "uniform":
      return { uniform: [write(from.min), write(from.max)] };
    case "exponential":
      return { exponential: write(from.mean) };
    case "values":
      return {
        values: from.values.map(({ value, weight }) =>
          weight === 1 ? write(value) : { value: write(value), weight },
        ),
      };
    case "table":
      return {
        table: from.points.map(({ cdf, value }) => [cdf, write(value)]),
        ...(from.interpolation === "linear" ? {} : { interpolation: from.interpolation }),
      };
  }
}

function writeArrival(arrive: Arrival): unknown {
  switch (arrive.kind) {
    case "at":
      return { at: time(arrive.time) };
    case "within":
      return { within: time(arrive.duration), start: time(arrive.start) };
    case "poisson":
      return {
        poisson: formatQuantity("frequency", arrive.rate),
        start: time(arrive.start),
        until: time(arrive.until),
      };
    case "decaying":
      return {
        decaying: formatQuantity("frequency", arrive.rate),
        timeConstant: time(arrive.timeConstant),
        start: time(arrive.start),
        until: time(arrive.until),
      };
    case "trace":
      return { trace: arrive.times.map(time) };
  }
}

function writeDeparture({ afterCompletion, session, crash, rejoin }: Departure): unknown {
  if (afterCompletion === undefined && session === undefined) return "never";
  const isAtOnce = afterCompletion?.kind === "constant" && afterCompletion.value === 0;
  if (isAtOnce && session === undefined && !crash) return rejoin ? "rejoin" : "on-completion";
  return {
    ...(afterCompletion ? { after: writeDistribution("duration", afterCompletion) } : {}),
    ...(session ? { session: writeDistribution("duration", session) } : {}),
    crash,
    rejoin,
  };
}

function writePieces(pieces: PeerClass["pieces"]): unknown {
  if (pieces.kind === "none") return "none";
  return pieces.kind === "all-but" ? { allBut: pieces.pieces } : { fraction: pieces.fraction };
}

function writeStrategy({ name, options }: StrategyChoice): unknown {
  return Object.keys(options).length === 0 ? name : { name, options };
}

/** Settings that are plain numbers; the others have units. */
const counts: ReadonlySet<keyof ClientSettings> = new Set<keyof ClientSettings>([
  "optimisticRounds",
  "minUploads",
  "newPeerWeight",
  "randomFirstPieces",
  "snubbedRequests",
  "uploadQueueLimit",
  "maxConnections",
  "maxInitiate",
  "minPeers",
  "numwant",
  "announceRetryGrowth",
  "maxSpares",
]);

function writeSettings(settings: ClientSettings): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(settings) as [keyof ClientSettings, unknown][]) {
    if (key === "slots") {
      written[key] = settings.slots.rule === "fixed" ? settings.slots.slots : settings.slots.rule;
    } else if (key === "pipeline") {
      written[key] = writePipeline(settings.pipeline);
    } else if (key === "maxRequestLength") {
      written[key] = size(settings.maxRequestLength);
    } else {
      written[key] = typeof value === "boolean" || counts.has(key) ? value : time(value as number);
    }
  }
  return written;
}

function writePipeline(pipeline: ClientSettings["pipeline"]): unknown {
  if (pipeline.rule === "fixed") return pipeline.requests;
  return pipeline.rule === "mainline"
    ? pipeline
    : { ...pipeline, seconds: time(pipeline.seconds * 1000) };
}

function writeSeed(seed: string): string | number {
  const number = Number(seed);
  return String(number) === seed && Number.isSafeInteger(number) ? number : seed;
}

function size(value: number): string {
  return formatQuantity("size", value);
}

function time(value: number): string {
  return formatQuantity("duration", value);
}
