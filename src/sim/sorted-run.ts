/** Up to this many rows are sorted by insertion. */
const FEW = 64;

/** The rows of the events that are next, in order of time; at the same time in the order in which they were added. */
export class SortedRun {
  private times = new Float64Array(256);
  private rows = new Int32Array(256);
  private spareTimes = new Float64Array(0);
  private spareRows = new Int32Array(0);
  private start = 0;
  private end = 0;

  get isEmpty(): boolean {
    return this.start === this.end;
  }

  get length(): number {
    return this.end - this.start;
  }

  at(i: number): number {
    return this.rows[this.start + i] as number;
  }

  /** Takes out the first row. There must be one. */
  shift(): number {
    return this.rows[this.start++] as number;
  }

  /** Starts anew with nothing. */
  clear(): void {
    this.start = 0;
    this.end = 0;
  }

  /** Adds a row without regard to order; `sort` follows. */
  append(row: number, time: number): void {
    if (this.end === this.rows.length) this.grow();
    this.rows[this.end] = row;
    this.times[this.end++] = time;
  }

  /** Adds a row at its place. */
  insert(row: number, time: number): void {
    if (this.end === this.rows.length) this.grow();
    const { rows, times } = this;
    let at = this.end++;
    while (at > this.start && (times[at - 1] as number) > time) {
      times[at] = times[at - 1] as number;
      rows[at] = rows[at - 1] as number;
      at--;
    }
    times[at] = time;
    rows[at] = row;
  }

  sort(): void {
    if (this.end - this.start > FEW) this.mergeSort();
    else this.insertionSort();
  }

  /** First to last. */
  forEach(visit: (row: number) => void): void {
    for (let at = this.start; at < this.end; at++) visit(this.rows[at] as number);
  }

  private insertionSort(): void {
    const { rows, times, start, end } = this;
    for (let i = start + 1; i < end; i++) {
      const time = times[i] as number;
      const row = rows[i] as number;
      let at = i;
      while (at > start && (times[at - 1] as number) > time) {
        times[at] = times[at - 1] as number;
        rows[at] = rows[at - 1] as number;
        at--;
      }
      times[at] = time;
      rows[at] = row;
    }
  }

  private mergeSort(): void {
    if (this.spareRows.length < this.end) {
      this.spareTimes = new Float64Array(this.times.length);
      this.spareRows = new Int32Array(this.rows.length);
    }
    for (let width = 1; width < this.end - this.start; width *= 2) {
      for (let low = this.start; low < this.end; low += 2 * width) {
        this.merge(low, Math.min(low + width, this.end), Math.min(low + 2 * width, this.end));
      }
      const { times, rows } = this;
      this.times = this.spareTimes;
      this.rows = this.spareRows;
      this.spareTimes = times;
      this.spareRows = rows;
    }
  }

  private merge(low: number, middle: number, high: number): void {
    const { times, rows, spareTimes, spareRows } = this;
    let left = low;
    let right = middle;
    for (let at = low; at < high; at++) {
      const isLeft =
        left < middle && (right >= high || (times[left] as number) <= (times[right] as number));
      const from = isLeft ? left++ : right++;
      spareTimes[at] = times[from] as number;
      spareRows[at] = rows[from] as number;
    }
  }

  private grow(): void {
    const times = new Float64Array(2 * this.times.length);
    times.set(this.times);
    this.times = times;
    const rows = new Int32Array(2 * this.rows.length);
    rows.set(this.rows);
    this.rows = rows;
  }
}
