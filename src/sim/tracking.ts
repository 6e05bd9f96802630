import { sample } from "../core/random.ts";
import type { AnnounceEvent } from "../engine/announce.ts";
import type { TrackerSpec } from "../scenario/scenario.ts";
import * as kind from "./kinds.ts";
import type { SimPeer } from "./sim-peer.ts";
import type { Swarm } from "./swarm.ts";

/** The tracker of a run, and the way to it and back. */
export class Tracking {
  private readonly swarm: Swarm;
  private readonly spec: TrackerSpec;
  private readonly random;
  private list: number[] = [];
  private tickets = new Map<number, number[]>();
  constructor(swarm: Swarm, spec: TrackerSpec) {
    this.swarm = swarm;
    this.spec = spec;
    this.random = swarm.seeds.stream("tracker");
  }
  announce(peer: SimPeer, event: AnnounceEvent, wanted: number): void {
    if (event === "stopped") {
      this.forget(peer);
      return;
    }
    const t = this.swarm.network.ticket();
    this.tickets.set(t, [peer.number, wanted]);
    this.swarm.queue.push(
      peer.clock.now + peer.delay + this.spec.delay,
      kind.TRACKER_REQUEST,
      0,
      0,
      peer.number,
      t,
    );
  }
  requested(t: number): void {
    const [n, wanted] = this.tickets.get(t) as [number, number];
    if (!this.list.includes(n)) this.list.push(n);
    this.tickets.set(
      t,
      sample(
        this.random,
        this.list.filter((x) => x !== n),
        wanted,
      ),
    );
    const peer = this.swarm.peers[n] as SimPeer;
    this.swarm.queue.push(
      peer.clock.now + peer.delay + this.spec.delay,
      kind.TRACKER_RESPONSE,
      0,
      0,
      n,
      t,
    );
  }
  responded(peer: SimPeer, t: number): void {
    const list = this.tickets.get(t) as number[];
    this.tickets.delete(t);
    peer.client?.announced(list);
  }
  timeout(_peer: SimPeer): void {}
  forget(peer: SimPeer): void {
    const at = this.list.indexOf(peer.number);
    if (at >= 0) this.list.splice(at, 1);
  }
}
