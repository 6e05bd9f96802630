import { parseScenario } from "../../src/scenario/parse.ts";
import { Simulation } from "../../src/sim/simulation.ts";
import { cpuTime } from "./cpu-time.ts";
import { flashcrowd } from "./flashcrowd-scenario.ts";

/** What one run in a process of its own cost. */
export interface RunCost {
  readonly digest: string;
  readonly leechers: number;
  readonly completed: number;
  readonly simulatedSeconds: number;
  readonly blocks: number;
  readonly events: number;
  /** User and system time of the whole process, start-up and compiler threads included; and when 99 % of blocks were in. */
  readonly cpuSeconds: number;
  readonly cpuSecondsTo99: number;
  readonly wallSeconds: number;
  /** After loading and parsing, before anything is constructed; and the most that the process ever had. */
  readonly baseRss: number;
  readonly peakRss: number;
  /** Events that waited, mean and most over looks each 20,000 events. */
  readonly meanPending: number;
  readonly mostPending: number;
}

const SLICE = 20_000;

/** Runs the flash crowd with so many leechers, and prints what it cost as a line of JSON. */
function simulateOnce(leechers: number): RunCost {
  const { text, overrides } = flashcrowd(leechers);
  const scenario = parseScenario(text, { overrides });
  globalThis.gc?.();
  const baseRss = process.memoryUsage.rss();
  const simulation = new Simulation(scenario);
  const { queue } = simulation.swarm;
  const { size, pieceLength } = scenario.torrent;
  const nearlyAll = 0.99 * leechers * Math.ceil(size / pieceLength) * (pieceLength / 16_384);
  let cpuSecondsTo99 = 0;
  let looks = 0;
  let pending = 0;
  let mostPending = 0;
  while (!simulation.isDone) {
    simulation.advance(SLICE);
    looks++;
    pending += queue.size;
    mostPending = Math.max(mostPending, queue.size);
    if (cpuSecondsTo99 === 0 && simulation.recorder.blocks >= nearlyAll) {
      cpuSecondsTo99 = cpuTime() / 1000;
    }
  }
  const { summary } = simulation.finish();
  return {
    digest: summary.digest,
    leechers,
    completed: summary.peers.completed,
    simulatedSeconds: summary.simulatedSeconds,
    blocks: summary.blocks,
    events: summary.events,
    cpuSeconds: cpuTime() / 1000,
    cpuSecondsTo99,
    wallSeconds: process.uptime(),
    baseRss,
    peakRss: process.resourceUsage().maxRSS * 1024,
    meanPending: pending / looks,
    mostPending,
  };
}

process.stdout.write(`${JSON.stringify(simulateOnce(Number(process.argv[2])))}\n`);
