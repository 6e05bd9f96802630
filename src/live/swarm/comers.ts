import { join } from "node:path";
import type { Scenario } from "../../scenario/scenario.ts";
import { initialPieces } from "../../workload/initial-pieces.ts";
import type { PlannedPeer } from "../../workload/plan.ts";
import { LivePeer } from "./live-peer.ts";
import type { SwarmParts } from "./swarm-parts.ts";
import { FileStore, MemoryStore, type SwarmStore } from "./swarm-store.ts";

/** Who will come, with what. */
export interface Comer {
  readonly peer: LivePeer;
  readonly store: SwarmStore;
  readonly pieces: readonly number[];
}

/** Stores that are opened at the same time. */
const OPENED_AT_ONCE = 4;

/** Peers before they come, with what they bring. */
export class Comers {
  /** All whose stores were opened. */
  readonly all: LivePeer[] = [];
  private readonly scenario: Scenario;
  private readonly parts: SwarmParts;
  /** Undefined: in memory. */
  private readonly directory: string | undefined;

  constructor(scenario: Scenario, parts: SwarmParts, directory: string | undefined) {
    this.scenario = scenario;
    this.parts = parts;
    this.directory = directory;
  }

  /** All of `planned` that come by `atMost` (ms), at their indexes, so that nobody is late for files to open. */
  async ofAll(
    planned: readonly PlannedPeer[],
    atMost: number,
    signal: AbortSignal,
  ): Promise<(Comer | undefined)[]> {
    const comers: (Comer | undefined)[] = [];
    const queue = planned.entries();
    const lane = async () => {
      for (const [at, plan] of queue) {
        if (signal.aborted) return;
        comers[at] = plan.arrivesAt <= atMost ? await this.of(plan) : undefined;
      }
    };
    await Promise.all(Array.from({ length: OPENED_AT_ONCE }, lane));
    return comers;
  }

  /** Rejects with a StorageError when there is no place for its files. */
  async of(plan: PlannedPeer): Promise<Comer> {
    const { content, seeds } = this.parts;
    const pieces = initialPieces(plan, content.geometry.pieceCount, seeds);
    const peer = new LivePeer(plan, this.parts);
    const store = await this.openStore(plan, pieces, peer);
    peer.store = store;
    this.all.push(peer);
    return { peer, store, pieces };
  }

  private async openStore(
    { population, index, visit }: PlannedPeer,
    pieces: readonly number[],
    peer: LivePeer,
  ): Promise<SwarmStore> {
    const { directory, scenario } = this;
    const { content } = this.parts;
    if (directory === undefined) return new MemoryStore(content, pieces, peer);
    const at = scenario.peers.findIndex(({ name, mix }) => {
      return (mix?.population ?? name) === population;
    });
    return FileStore.open(content, pieces, join(directory, `${at}-${index}-${visit}`), peer);
  }
}
