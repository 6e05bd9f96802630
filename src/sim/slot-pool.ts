/** Slots come in runs, so that the columns of one peer's connections lie together in memory. */
export const SLOT_RUN = 16;

/** Hands out connection slots: to each owner from runs of its own, and takes the runs back when the owner is gone. */
export class SlotPool {
  /** Slots handed out so far are below this. */
  size = 0;
  private readonly freeRuns: number[] = [];

  take(owner: SlotOwner): number {
    const slot = owner.freeSlots.pop();
    if (slot !== undefined) return slot;
    let first = this.freeRuns.pop();
    if (first === undefined) {
      first = this.size;
      this.size += SLOT_RUN;
    }
    owner.slotRuns.push(first);
    for (let i = SLOT_RUN - 1; i > 0; i--) owner.freeSlots.push(first + i);
    return first;
  }

  /** All slots of `owner` are free again. */
  release(owner: SlotOwner): void {
    this.freeRuns.push(...owner.slotRuns);
    owner.slotRuns.length = 0;
    owner.freeSlots.length = 0;
  }
}

export interface SlotOwner {
  readonly freeSlots: number[];
  readonly slotRuns: number[];
}
