import { isAwaited } from "../scenario/awaited.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { PlannedPeer } from "./plan.ts";

/** Who came, who completed, and for how many a run still waits. */
export class Attendance {
  /** Leechers that the run waits for, and those of them that will still come or are at it. */
  awaited = 0;
  unfinished: number;
  arrived = 0;
  /** Leechers that completed, and those of them that the run waited for. */
  completed = 0;
  awaitedCompleted = 0;
  private readonly scenario: Scenario;
  /** By class. */
  private readonly isAwaited: readonly boolean[];

  constructor(scenario: Scenario, planned: readonly PlannedPeer[]) {
    this.scenario = scenario;
    this.isAwaited = scenario.peers.map((one) => isAwaited(one, scenario.stop));
    for (const { classIndex } of planned) if (this.isAwaited[classIndex]) this.awaited++;
    this.unfinished = this.awaited;
  }

  /** All that the run waits for have completed or left; a run that ends by time alone waits on. */
  get isOver(): boolean {
    return this.scenario.stop.when !== "time" && this.unfinished === 0;
  }

  came(): void {
    this.arrived++;
  }

  /** A planned peer has everything: seeders bring it. */
  hasAll({ class: { role }, classIndex }: PlannedPeer): void {
    if (role === "seeder") return;
    this.completed++;
    if (!this.isAwaited[classIndex]) return;
    this.awaitedCompleted++;
    this.unfinished--;
  }

  left({ classIndex }: PlannedPeer, isComplete: boolean): void {
    if (!isComplete && this.isAwaited[classIndex]) this.unfinished--;
  }

  /** One that has gone comes again. */
  returns({ classIndex }: PlannedPeer): void {
    if (!this.isAwaited[classIndex]) return;
    this.awaited++;
    this.unfinished++;
  }

  /** Pieces that there are of those that are awaited, 0..1, given pieces completed by class; nobody knows how many will be where peers rejoin. */
  fraction(piecesByClass: ArrayLike<number>, pieceCount: number): number {
    let pieces = 0;
    for (const [at, one] of this.scenario.peers.entries()) {
      if (!this.isAwaited[at]) continue;
      if (one.leave.rejoin) return 0;
      pieces += piecesByClass[at] as number;
    }
    return this.awaited === 0 ? 1 : pieces / (this.awaited * pieceCount);
  }
}
