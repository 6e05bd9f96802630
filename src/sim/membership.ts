import { Client } from "../engine/client.ts";
import { peerIdOf } from "../engine/peer-id.ts";
import type { Recorder } from "../metrics/recorder.ts";
import type { Sampler } from "../metrics/sampler.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { createStrategies, markOf } from "../strategies/create.ts";
import type { StrategyWatch } from "../strategies/guarded-calls.ts";
import type { Strategies } from "../strategies/registry.ts";
import { Attendance } from "../workload/attendance.ts";
import { initialPieces } from "../workload/initial-pieces.ts";
import { type PlannedPeer, planVisit } from "../workload/plan.ts";
import * as kind from "./kinds.ts";
import { SimPeer } from "./sim-peer.ts";
import type { Swarm } from "./swarm.ts";

const INFOHASH = new Uint8Array(20).fill(0x5a);
const RESERVED = new Uint8Array(8);

/** What peers may be told to do, and who watches the users' part of it. */
export interface Behaviour {
  readonly strategies: Strategies;
  readonly watch: StrategyWatch | undefined;
}

/** Who comes and who goes. */
export class Membership {
  readonly attendance: Attendance;
  private readonly swarm: Swarm;
  private readonly scenario: Scenario;
  private readonly planned: readonly PlannedPeer[];
  private readonly behaviour: Behaviour;
  private readonly recorder: Recorder;
  private readonly sampler: Sampler;

  constructor(
    swarm: Swarm,
    scenario: Scenario,
    planned: readonly PlannedPeer[],
    behaviour: Behaviour,
    recorder: Recorder,
    sampler: Sampler,
  ) {
    this.swarm = swarm;
    this.scenario = scenario;
    this.planned = planned;
    this.behaviour = behaviour;
    this.recorder = recorder;
    this.sampler = sampler;
    this.attendance = new Attendance(scenario, planned);
    this.awaitArrival(0);
    swarm.queue.push(scenario.sampleInterval, kind.SAMPLE, 0, 0, 0, 0);
  }

  /** A planned peer is there. */
  arrive(index: number): void {
    this.awaitArrival(index + 1);
    this.join(this.planned[index] as PlannedPeer);
  }

  private join(plan: PlannedPeer): void {
    const { swarm, recorder } = this;
    const { now } = swarm.clock;
    const { strategies, watch } = this.behaviour;
    const mark = markOf(strategies, plan.class);
    const number = swarm.peers.length;
    const handshake = {
      reserved: RESERVED,
      infohash: INFOHASH,
      peerId: peerIdOf(`${number}`, mark),
    };
    const peer = new SimPeer(swarm, number, plan, handshake);
    swarm.peers.push(peer);
    swarm.network.join(number, plan.upload, plan.download, plan.delay);
    const pieces = initialPieces(plan, swarm.network.geometry.pieceCount, swarm.seeds);
    recorder.came(number, plan.classIndex, plan.class.name, pieces);
    const owner = { peer: `${plan.class.name}/${plan.index}`, clock: swarm.clock, watch };
    const client = new Client({
      number,
      handshake: peer.handshake,
      settings: plan.class.settings,
      uplink: plan.upload * 1000,
      arenas: swarm.arenas,
      host: peer,
      observer: recorder,
      ...createStrategies(strategies, plan.class, owner),
      pieces,
    });
    peer.client = client;
    swarm.network.setClientRow(number, client.row);
    this.attendance.came();
    const isSeeder = client.pieces.have.isComplete;
    this.sampler.joined(plan.classIndex, isSeeder, plan.upload, plan.download, now);
    if (plan.session < Number.POSITIVE_INFINITY) this.leaveAt(peer, now + plan.session);
    if (isSeeder) this.becomeSeeder(peer);
    client.start();
  }

  /** The last piece of `peer` is verified. */
  completed(peer: SimPeer): void {
    const { plan } = peer;
    this.sampler.completed(plan.classIndex, this.swarm.clock.now);
    this.becomeSeeder(peer);
  }

  depart(peer: SimPeer): void {
    const { client, plan } = peer;
    if (client === undefined) return;
    const { swarm, recorder, sampler } = this;
    const { now } = swarm.clock;
    const isComplete = client.pieces.have.isComplete;
    sampler.left(plan.classIndex, isComplete, plan.upload, plan.download, now);
    if (plan.class.leave.crash) {
      peer.crashedAt = now;
      swarm.hasCrashes = true;
      swarm.tracking.forget(peer);
    } else {
      client.stop();
    }
    recorder.went(peer.number, plan.class.leave.crash, held(client));
    this.attendance.left(plan, isComplete);
    peer.leave(now);
    swarm.remove(peer);
    if (plan.class.leave.rejoin) this.rejoin(plan);
  }

  /** A new peer comes in the place of one that has just gone. */
  private rejoin(last: PlannedPeer): void {
    const { clock, seeds } = this.swarm;
    this.attendance.returns(last);
    this.join(planVisit(last, clock.now, seeds));
  }

  sample(): void {
    const { swarm, recorder, sampler } = this;
    sampler.sample(swarm.clock.now, recorder.received, recorder.sent, recorder.copies);
    swarm.queue.push(swarm.clock.now + this.scenario.sampleInterval, kind.SAMPLE, 0, 0, 0, 0);
  }

  private becomeSeeder(peer: SimPeer): void {
    const { now } = this.swarm.clock;
    const { plan } = peer;
    peer.completedAt = now;
    this.attendance.hasAll(plan);
    if (plan.staysAfterCompletion < Number.POSITIVE_INFINITY) {
      this.leaveAt(peer, now + plan.staysAfterCompletion);
    }
  }

  private leaveAt(peer: SimPeer, at: number): void {
    this.swarm.queue.push(at, kind.DEPARTURE, 0, 0, peer.number, 0);
  }

  private awaitArrival(index: number): void {
    const plan = this.planned[index];
    if (plan !== undefined) this.swarm.queue.push(plan.arrivesAt, kind.ARRIVAL, 0, 0, 0, index);
  }
}

function* held(client: Client): Iterable<number> {
  const { have } = client.pieces;
  for (let piece = have.next(0); piece >= 0; piece = have.next(piece + 1)) yield piece;
}
