import { Geometry } from "../core/geometry.ts";
import type { Observer } from "../engine/observer.ts";
import { Recorder } from "../metrics/recorder.ts";
import type { Progress, RunResult } from "../metrics/results.ts";
import { Sampler } from "../metrics/sampler.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { builtInStrategies } from "../strategies/built-in.ts";
import { checkStrategies, settingsOf } from "../strategies/create.ts";
import type { StrategyWatch } from "../strategies/guarded-calls.ts";
import type { Strategies } from "../strategies/registry.ts";
import { type PlannedPeer, planPeers } from "../workload/plan.ts";
import { type PeerEnd, runResult } from "../workload/run-result.ts";
import { ByteWire } from "./byte-wire.ts";
import { Checker } from "./checker.ts";
import { Dispatcher } from "./dispatcher.ts";
import { Membership } from "./membership.ts";
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
  }

  /** Simulated time in ms. */
  get now(): number {
    return this.clock.now;
  }

  /** Handles up to `events` events. */
  advance(events: number): void {
    const { clock, dispatcher, checker } = this;
    const { attendance } = this.membership;
    const { queue } = this.swarm;
    const { atMost } = this.scenario.stop;
    for (let i = 0; i < events; i++) {
      if (attendance.isOver || !queue.pop()) {
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
    const { recorder, dispatcher } = this;
    const { attendance } = this.membership;
    return {
      simulatedSeconds: this.clock.now / 1000,
      events: dispatcher.events,
      blocks: recorder.blocks,
      completed: attendance.awaitedCompleted,
      arrived: attendance.arrived,
      expected: attendance.awaited,
      fraction: attendance.fraction(recorder.pieces, this.swarm.network.geometry.pieceCount),
    };
  }

  finish(): RunResult {
    this.checker?.sweep(this.dispatcher.lostBytes);
    const { recorder, scenario, sampler, swarm } = this;
    return runResult({
      scenario,
      recorder,
      sampler,
      peers: swarm.peers.map((peer) => peerEnd(peer, swarm.network.controlBytes(peer.number))),
      now: this.clock.now,
      completed: this.membership.attendance.completed,
      events: this.dispatcher.events,
      isPartial: !this.isDone,
    });
  }
}

function peerEnd(peer: SimPeer, controlBytesSent: number): PeerEnd {
  const { number, plan, arrivedAt, completedAt, leftAt } = peer;
  return { number, plan, arrivedAt, completedAt, leftAt, controlBytesSent, ...peer.count() };
}
