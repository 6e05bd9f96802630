import { Geometry } from "../core/geometry.ts";
import type { Observer } from "../engine/observer.ts";
import { Recorder } from "../metrics/recorder.ts";
import type { PeerRow, Progress, RunResult } from "../metrics/results.ts";
import { Sampler } from "../metrics/sampler.ts";
import { classSummaries, completionQuantiles, distributionBound } from "../metrics/summary.ts";
import { isAwaited } from "../scenario/awaited.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { builtInStrategies } from "../strategies/built-in.ts";
import { checkStrategies, settingsOf } from "../strategies/create.ts";
import type { StrategyWatch } from "../strategies/guarded-calls.ts";
import type { Strategies } from "../strategies/registry.ts";
import { ByteWire } from "./byte-wire.ts";
import { Checker } from "./checker.ts";
import { Dispatcher } from "./dispatcher.ts";
import { Membership } from "./membership.ts";
import { type PlannedPeer, planPeers } from "./plan.ts";
import type { SimPeer } from "./sim-peer.ts";
import { Swarm } from "./swarm.ts";

/** Events between two recounts of everything. */
const CHECK_EVERY = 10_000;

export interface SimulationOptions {
  /** The strategies that the scenario may name; the built-in ones by default. */
  readonly strategies?: Strategies;
  /** Hears of every trace event; the time is `simulation.now`. */
  readonly observer?: Observer;
  /** Is told of every call of a user's strategy (one named by a path). */
  readonly watch?: StrategyWatch;
  /** Runs the invariant checkers beside the simulation; an `AssertionError` tells what broke. */
  readonly check?: boolean;
}

/** One run of a scenario. `advance` it until `isDone`, then `finish`; finishing early gives a partial result. */
export class Simulation {
  readonly scenario: Scenario;
  readonly swarm: Swarm;
  readonly membership: Membership;
  readonly recorder: Recorder;
  readonly dispatcher: Dispatcher;
  /** The stop condition holds. */
  isDone = false;
  private readonly clock = { now: 0 };
  private readonly planned: readonly PlannedPeer[];
  private readonly sampler: Sampler;
  private readonly checker: Checker | undefined;
  private readonly isTimed: boolean;

  /** Throws `StrategyError` when the scenario names a strategy or an option that does not exist. */
  constructor(given: Scenario, options: SimulationOptions = {}) {
    const { clock } = this;
    const strategies = options.strategies ?? builtInStrategies;
    for (const one of given.peers) checkStrategies(strategies, one);
    const peers = given.peers.map((one) => ({ ...one, settings: settingsOf(strategies, one) }));
    const scenario = { ...given, peers };
    this.scenario = scenario;
    const { size, pieceLength } = scenario.torrent;
    const geometry = new Geometry(size, pieceLength);
    this.swarm = new Swarm(scenario, clock, geometry);
    this.planned = planPeers(scenario, this.swarm.seeds);
    const { planned } = this;
    this.swarm.reserve(planned);
    const names = scenario.peers.map((one) => one.name);
    this.checker = options.check === true ? new Checker(this.swarm, options.observer) : undefined;
    const next = this.checker ?? options.observer;
    this.recorder = new Recorder(clock, names.length, geometry.pieceCount, next);
    this.sampler = new Sampler(names);
    this.membership = new Membership(
      this.swarm,
      scenario,
      planned,
      { strategies, watch: options.watch },
      this.recorder,
      this.sampler,
    );
    const byteWire = scenario.wire === "bytes" ? new ByteWire(geometry) : undefined;
    this.dispatcher = new Dispatcher(this.swarm, this.membership, byteWire);
    this.isTimed = scenario.stop.when === "time";
  }

  /** Simulated time in ms. */
  get now(): number {
    return this.clock.now;
  }

  /** Handles up to `events` events. */
  advance(events: number): void {
    const { clock, dispatcher, membership, checker } = this;
    const { queue } = this.swarm;
    const { atMost } = this.scenario.stop;
    for (let i = 0; i < events; i++) {
      if ((!this.isTimed && membership.unfinished === 0) || !queue.pop()) {
        this.isDone = true;
        return;
      }
      if (queue.time > atMost) {
        queue.pushBack(); // what is on its way at the end is neither received nor lost
        clock.now = atMost;
        this.isDone = true;
        return;
      }
      clock.now = queue.time;
      dispatcher.dispatch();
      if (checker !== undefined && dispatcher.events % CHECK_EVERY === 0) {
        checker.sweep(dispatcher.lostBytes);
      }
    }
  }

  progress(): Progress {
    const { membership, recorder } = this;
    return {
      simulatedSeconds: this.clock.now / 1000,
      events: this.dispatcher.events,
      blocks: recorder.blocks,
      completed: membership.awaitedCount,
      arrived: membership.arrived,
      expected: membership.awaited,
      fraction: this.fraction,
    };
  }

  /** Pieces that there are of those that are awaited, 0..1; nobody knows how many will be where peers rejoin. */
  private get fraction(): number {
    const { peers, stop } = this.scenario;
    let pieces = 0;
    for (const [at, one] of peers.entries()) {
      if (!isAwaited(one, stop)) continue;
      if (one.leave.rejoin) return 0;
      pieces += this.recorder.pieces[at] as number;
    }
    const { awaited } = this.membership;
    return awaited === 0 ? 1 : pieces / (awaited * this.swarm.network.geometry.pieceCount);
  }

  finish(): RunResult {
    this.checker?.sweep(this.dispatcher.lostBytes);
    const { recorder, scenario, clock } = this;
    this.sampler.sample(clock.now, recorder.received, recorder.sent, recorder.copies);
    const { network } = this.swarm;
    const peers = this.swarm.peers.map((peer) => peerRow(peer, network.controlBytes(peer.number)));
    const simulatedSeconds = clock.now / 1000;
    const names = scenario.peers.map((one) => one.name);
    const isClean = scenario.peers.every(
      (one) => one.role === "seeder" || (one.pieces.kind === "none" && !one.leave.rejoin),
    );
    return {
      summary: {
        scenario: scenario.name,
        seed: scenario.seed,
        digest: recorder.digest.toString(),
        partial: !this.isDone,
        peers: { total: peers.length, completed: this.membership.completedCount },
        simulatedSeconds,
        events: this.dispatcher.events,
        blocks: recorder.blocks,
        completionSeconds: completionQuantiles(peers),
        classes: classSummaries(names, peers, simulatedSeconds),
        bound: distributionBound(peers, scenario.torrent.size, isClean),
      },
      peers,
      samples: this.sampler.samples,
      availability: this.sampler.availability,
    };
  }
}

function peerRow(peer: SimPeer, controlBytesSent: number): PeerRow {
  const { plan } = peer;
  const { downloaded, uploaded, wasted, pieces } = peer.count();
  const { role } = plan.class;
  const completed = role === "leecher" && peer.completedAt >= 0 ? peer.completedAt : null;
  return {
    peer: peer.number,
    class: plan.class.name,
    role,
    arrivedSeconds: peer.arrivedAt / 1000,
    completedSeconds: completed === null ? null : completed / 1000,
    leftSeconds: peer.leftAt < 0 ? null : peer.leftAt / 1000,
    completionSeconds: completed === null ? null : (completed - peer.arrivedAt) / 1000,
    uploadCapacityBytesPerSecond: plan.upload * 1000,
    downloadCapacityBytesPerSecond: plan.download * 1000,
    delayMilliseconds: plan.delay,
    downloadedBytes: downloaded,
    uploadedBytes: uploaded,
    wastedBytes: wasted,
    controlBytesSent,
    piecesAtEnd: pieces,
  };
}
