/** Slots come in runs, so that the columns of one peer's connections lie together in memory. */
export const HANDLE_RUN = 16;

/** Hands out connection handles: to each owner from runs of its own, and takes the runs back when the owner is gone. */
export class HandlePool {
  /** Slots handed out so far are below this. */
  size = 0;
  private readonly freeRuns: number[] = [];

  take(owner: HandleOwner): number {
    const handle = owner.freeHandles.pop();
    if (handle !== undefined) return handle;
    let first = this.freeRuns.pop();
    if (first === undefined) {
      first = this.size;
      this.size += HANDLE_RUN;
    }
    owner.handleRuns.push(first);
    for (let i = HANDLE_RUN - 1; i > 0; i--) owner.freeHandles.push(first + i);
    return first;
  }

  /** All handles of `owner` are free again. */
  release(owner: HandleOwner): void {
    this.freeRuns.push(...owner.handleRuns);
    owner.handleRuns.length = 0;
    owner.freeHandles.length = 0;
  }
}

export interface HandleOwner {
  readonly freeHandles: number[];
  readonly handleRuns: number[];
}
