import { Seeds } from "../../chance/seeds.ts";
import { assert } from "../../core/assert.ts";
import type { Observer } from "../../engine/observer.ts";
import { observerOf } from "../../metrics/observer-list.ts";
import { Recorder } from "../../metrics/recorder.ts";
import type { Progress, RunResult } from "../../metrics/results.ts";
import { Sampler } from "../../metrics/sampler.ts";
import { SilentObserver } from "../../metrics/silent-observer.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { StrategyWatch } from "../../strategies/guarded-calls.ts";
import type { Strategies } from "../../strategies/registry.ts";
import { Attendance } from "../../workload/attendance.ts";
import { type PlannedPeer, planPeers, planVisit } from "../../workload/plan.ts";
import { runResult } from "../../workload/run-result.ts";
import { LiveClock } from "../live-clock.ts";
import { type Comer, Comers } from "./comers.ts";
import { describeContent } from "./content.ts";
import { Lateness } from "./lateness.ts";
import type { LivePeer } from "./live-peer.ts";
import { SwarmNetwork } from "./swarm-network.ts";
import type { SwarmParts } from "./swarm-parts.ts";
import { SwarmTracker } from "./swarm-tracker.ts";
import { Timetable } from "./timetable.ts";

export interface LiveSwarmOptions {
  /** The strategies that the scenario may name; its classes' settings are complete. */
  readonly strategies: Strategies;
  /** Where peers keep their files, each in a directory of its own. Undefined: in memory. */
  readonly directory: string | undefined;
  /** Hears of every trace event; the time is `swarm.now`. */
  readonly observer?: Observer;
  /** Is told of every call of a user's strategy. */
  readonly watch?: StrategyWatch;
  /** For people: what peers and the tracker said. */
  readonly log?: (text: string) => void;
}

/** Numbers of those that are not known by name are above all others. */
const FIRST_STRANGER = 1_000_000;

/** A scenario among real sockets on this machine: the peers that `Simulation` would have, in real time. */
export class LiveSwarm {
  private readonly scenario: Scenario;
  private readonly clock = new LiveClock();
  private readonly parts: SwarmParts;
  private readonly planned: readonly PlannedPeer[];
  private readonly attendance: Attendance;
  private readonly recorder: Recorder;
  private readonly sampler: Sampler;
  private readonly timetable: Timetable;
  private readonly comers: Comers;
  /** In order of arrival. */
  private readonly peers: LivePeer[] = [];
  /** Peers that are leaving, and that are about to come again. */
  private readonly goodbyes: Promise<void>[] = [];
  private readonly ended: Promise<void>;
  private end: () => void = () => {};
  private fail: (error: unknown) => void = () => {};
  private isOver = false;
  private closing: Promise<number> | undefined;

  constructor(scenario: Scenario, options: LiveSwarmOptions) {
    this.scenario = scenario;
    this.ended = new Promise((resolve, reject) => {
      this.end = resolve;
      this.fail = reject;
    });
    this.ended.catch(() => {}); // it may fail before anybody waits
    const { clock } = this;
    const seeds = new Seeds(scenario.seed);
    const content = describeContent(scenario.seed, scenario.torrent);
    const names = scenario.peers.map(({ name }) => name);
    const observer = observerOf([
      new CompletionWatch((number) => this.completed(number)),
      ...(options.observer ? [options.observer] : []),
    ]);
    this.recorder = new Recorder(clock, names.length, content.geometry.pieceCount, observer);
    this.sampler = new Sampler(names);
    this.planned = planPeers(scenario, seeds);
    this.attendance = new Attendance(scenario, this.planned);
    this.timetable = new Timetable(clock);
    this.parts = {
      clock,
      seeds,
      spec: scenario.network,
      content,
      network: new SwarmNetwork(),
      tracker: new SwarmTracker(scenario.tracker, clock),
      recorder: this.recorder,
      strategies: options.strategies,
      watch: options.watch,
      numbers: new Map(),
      firstRemote: FIRST_STRANGER,
      log: options.log ?? (() => {}),
      failed: (error) => this.fail(error),
    };
    this.comers = new Comers(scenario, this.parts, options.directory);
  }

  /** Real ms since the run began. */
  get now(): number {
    return this.clock.now;
  }

  progress(): Progress {
    const { attendance, recorder, parts } = this;
    this.clock.tick();
    return {
      simulatedSeconds: this.clock.now / 1000,
      events: recorder.digest.count,
      blocks: recorder.blocks,
      completed: attendance.awaitedCompleted,
      arrived: attendance.arrived,
      expected: attendance.awaited,
      fraction: attendance.fraction(recorder.pieces, parts.content.geometry.pieceCount),
    };
  }

  /**
   * Runs it to its end, or until `signal`: then the result is partial. Rejects with a StorageError when there is no room for the files, and
   * with what the strategies throw.
   */
  async run(signal: AbortSignal): Promise<RunResult> {
    const { timetable, planned, parts, scenario } = this;
    signal.addEventListener("abort", () => this.end(), { once: true });
    const lateness = new Lateness();
    try {
      await parts.tracker.start();
      const comers = await this.comers.ofAll(planned, scenario.stop.atMost, signal);
      this.clock.restart();
      lateness.begin();
      planned.forEach((plan, at) => {
        const comer = comers[at];
        if (comer !== undefined) timetable.at(plan.arrivesAt, () => this.join(comer));
      });
      timetable.every(scenario.sampleInterval, () => this.sample());
      timetable.at(scenario.stop.atMost, () => this.end());
      this.endIfOver();
      await this.ended;
      lateness.end();
      const result = this.result(signal.aborted);
      const verified = await this.close();
      return { ...result, live: { verifiedPeers: verified, ...lateness.facts } };
    } finally {
      await this.close();
    }
  }

  private join({ peer, store, pieces }: Comer): void {
    if (this.isOver) return;
    const { plan } = peer;
    const number = this.peers.push(peer) - 1;
    this.attendance.came();
    peer.join(number, store, pieces).then(
      () => {
        if (this.isOver) return;
        const { arrivedAt: now } = peer;
        this.sampler.joined(plan.classIndex, peer.hasAll, plan.upload, plan.download, now);
        this.timetable.at(now + plan.session, () => this.depart(peer));
        if (peer.hasAll) this.becomeSeeder(peer);
      },
      (error: unknown) => this.fail(error),
    );
  }

  private completed(number: number): void {
    const peer = this.peers[number] as LivePeer;
    this.sampler.completed(peer.plan.classIndex, this.clock.now);
    this.becomeSeeder(peer);
    this.endIfOver();
  }

  private becomeSeeder(peer: LivePeer): void {
    const { plan } = peer;
    peer.completedAt = this.clock.now;
    this.attendance.hasAll(plan);
    this.timetable.at(this.clock.now + plan.staysAfterCompletion, () => this.depart(peer));
  }

  private depart(peer: LivePeer): void {
    if (this.isOver || peer.leftAt >= 0) return;
    const { clock, sampler, recorder, attendance } = this;
    const { plan, number } = peer;
    const isComplete = peer.hasAll;
    const { crash, rejoin } = plan.class.leave;
    clock.tick();
    const { now } = clock;
    sampler.left(plan.classIndex, isComplete, plan.upload, plan.download, now);
    this.goodbyes.push((crash ? peer.crash() : peer.leave()).catch((error) => this.fail(error)));
    peer.leftAt = now;
    recorder.went(number, crash, peer.held());
    attendance.left(plan, isComplete);
    if (rejoin) {
      attendance.returns(plan);
      const again = this.comers.of(planVisit(plan, now, this.parts.seeds));
      this.goodbyes.push(
        again.then((comer) => this.join(comer)).catch((error) => this.fail(error)),
      );
    }
    this.endIfOver();
  }

  private endIfOver(): void {
    if (this.attendance.isOver) this.end();
  }

  private sample(): void {
    const { recorder, clock } = this;
    clock.tick();
    this.sampler.sample(clock.now, recorder.received, recorder.sent, recorder.copies);
  }

  private result(isPartial: boolean): RunResult {
    const { clock, recorder, sampler, scenario, peers, attendance } = this;
    clock.tick();
    for (const peer of peers) peer.freeze();
    this.isOver = true;
    return runResult({
      scenario,
      recorder,
      sampler,
      peers: peers.filter(({ arrivedAt }) => arrivedAt >= 0),
      now: clock.now,
      completed: attendance.completed,
      events: recorder.digest.count,
      isPartial,
    });
  }

  /** Ends everything that runs, and looks at the files of those that completed. Returns how many these are. */
  private close(): Promise<number> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<number> {
    this.isOver = true;
    this.timetable.clear();
    await Promise.all(this.goodbyes);
    const { all } = this.comers;
    await Promise.all(all.map((peer) => peer.close()));
    await this.parts.tracker.close();
    let verified = 0;
    for (const { completedAt, plan, store, number } of all) {
      if (completedAt >= 0 && plan.class.role === "leecher") {
        assert((await store?.isWhole()) === true, `what peer ${number} has is not the content`);
        verified++;
      }
      await store?.remove();
    }
    return verified;
  }
}

class CompletionWatch extends SilentObserver {
  private readonly onCompleted: (number: number) => void;

  constructor(onCompleted: (number: number) => void) {
    super();
    this.onCompleted = onCompleted;
  }

  override completed(number: number): void {
    this.onCompleted(number);
  }
}
