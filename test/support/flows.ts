import type { ClientSettings, PipelineRule } from "../../src/engine/settings.ts";
import { Simulation } from "../../src/sim/simulation.ts";
import { builtInStrategies } from "../../src/strategies/built-in.ts";
import { addStrategies } from "../../src/strategies/registry.ts";
import { listener } from "./listener.ts";
import type { Access, Flow } from "./max-min.ts";
import { openHanded } from "./net.ts";
import { constant, MBIT, MIB, peerClass, scenario } from "./scenarios.ts";

const strategies = addStrategies(builtInStrategies, {
  chokers: [{ name: "open-handed", summary: "Unchokes all.", create: () => openHanded }],
  pickers: [],
});

/** Whatever has no limit of its own: far above the others. */
const PLENTY = 200;
const WARM_UP = 20_000;
const END = 80_000;

export interface FlowOptions {
  readonly pipeline?: PipelineRule;
  /** One-way delay to the core, ms, of the peers that are named; 10 for others. */
  readonly delays?: Readonly<Record<string, number>>;
}

/**
 * The rates in Mbit/s at which the simulator's links settle when peers with the given links (Mbit/s) exchange nothing but
 * `flows`: blocks without headers, everybody who gives unchokes all, and nobody has the whole file before the end.
 */
export function settledRates(
  flows: readonly Flow[],
  peers: Readonly<Record<string, Access>>,
  { pipeline = { rule: "fixed", requests: 16 }, delays = {} }: FlowOptions = {},
): number[] {
  const settings: Partial<ClientSettings> = {
    pipeline,
    uploadQueueLimit: 2_000,
    rechokeInterval: 1_000,
  };
  const names = Object.keys(peers);
  const classes = names.map((name) => {
    const { up = PLENTY, down = PLENTY } = peers[name]!;
    return peerClass(name, {
      ...place(name, flows),
      count: 1,
      upload: up * MBIT,
      download: down * MBIT,
      delay: constant(delays[name] ?? 10),
      settings,
    });
  });
  const order = [...names].sort();
  const bytes = flows.map(() => 0);
  const simulation: Simulation = new Simulation(
    scenario(classes, {
      torrent: { size: 1024 * MIB, pieceLength: MIB },
      network: { model: "access", delay: constant(10), headerBytes: 0, segmentBytes: 1460 },
      stop: { when: "time", atMost: END },
    }),
    {
      strategies,
      observer: listener({
        blockReceived: (to, from, _piece, _begin, length) => {
          const at = flows.findIndex((flow) => flow.from === order[from] && flow.to === order[to]);
          if (at < 0) throw new Error(`an unplanned block from ${order[from]} to ${order[to]}`);
          // BEP 3's 13 bytes before each block are on the link too.
          if (simulation.now > WARM_UP) bytes[at]! += length + 13;
        },
      }),
    },
  );
  while (!simulation.isDone) simulation.advance(10_000);
  return bytes.map((sum) => (sum * 1_000) / (END - WARM_UP) / MBIT);
}

/** Who only gives is a seeder, who only takes a free rider; who does both has half of the file. */
function place(name: string, flows: readonly Flow[]): Parameters<typeof peerClass>[1] {
  const gives = flows.some(({ from }) => from === name);
  const takes = flows.some(({ to }) => to === name);
  if (!takes) return { role: "seeder", choker: "open-handed" };
  if (!gives) return { choker: "none" };
  const missing = Array.from({ length: 512 }, (_, piece) => piece);
  return { choker: "open-handed", pieces: { kind: "all-but", pieces: missing } };
}
