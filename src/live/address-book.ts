import { type Endpoint, endpointText } from "../core/endpoint.ts";

/** What we know of a place where a peer may listen. Times in ms. */
export interface AddressEntry {
  readonly endpoint: Endpoint;
  /** Dials in a row that came to nothing. */
  failures: number;
  /** Not dialled before. */
  retryAt: number;
  /** It is ourselves. */
  isSelf: boolean;
  /** A connection of ours leads there, or a dial is under way. */
  isInUse: boolean;
  /** The user named it: it is tried for ever. */
  isPinned: boolean;
}

/** Wait after a failed dial: at first, at most, twice as long each time. Ours; libtorrent waits 60 s x failures. */
const RETRY_MIN = 5_000;
const RETRY_MAX = 600_000;

/** After so many failures in a row we wait until somebody names the address again. */
const MOST_FAILURES = 6;

/** Bound of what trackers and peers can make us remember. */
const MOST_ADDRESSES = 10_000;

/** Numbers for endpoints, which is how the engine names addresses; and which are worth a dial. */
export class AddressBook {
  private readonly entries = new Map<number, AddressEntry>();
  private readonly numbers = new Map<string, number>();
  private nextNumber: number;

  /** Numbers below `first` are taken: they are our own clients'. */
  constructor(first: number) {
    this.nextNumber = first;
  }

  /** A number for somebody who dialled us: where they listen is not known. */
  visitor(): number {
    return this.nextNumber++;
  }

  /** The number of `endpoint`, where somebody listens. */
  numberOf(endpoint: Endpoint): number {
    const key = endpointText(endpoint);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    if (this.entries.size >= MOST_ADDRESSES) this.forgetOne();
    const number = this.nextNumber++;
    this.entries.set(number, {
      endpoint,
      failures: 0,
      retryAt: 0,
      isSelf: false,
      isInUse: false,
      isPinned: false,
    });
    this.numbers.set(key, number);
    return number;
  }

  /** Undefined for a visitor, and for what was forgotten. */
  entry(number: number): AddressEntry | undefined {
    return this.entries.get(number);
  }

  /** Numbers of those of `endpoints` that are worth a dial at `now`, none twice. */
  dialable(endpoints: readonly Endpoint[], now: number): number[] {
    const numbers = new Set<number>();
    for (const endpoint of endpoints) {
      const number = this.numberOf(endpoint);
      const entry = this.entry(number);
      if (entry === undefined || entry.isSelf || entry.isInUse || entry.retryAt > now) continue;
      numbers.add(number);
    }
    return [...numbers];
  }

  /** The user named `endpoint`. */
  pin(endpoint: Endpoint): void {
    const entry = this.entry(this.numberOf(endpoint));
    if (entry !== undefined) entry.isPinned = true;
  }

  /** Numbers of addresses that failed and are worth another try at `now`. */
  due(now: number): number[] {
    const numbers: number[] = [];
    for (const [number, one] of this.entries) {
      if (one.isSelf || one.isInUse || one.retryAt > now) continue;
      if (one.isPinned || (one.failures > 0 && one.failures <= MOST_FAILURES)) numbers.push(number);
    }
    return numbers;
  }

  /** A dial failed, or led to a connection that was of no use. */
  failed(number: number, now: number): void {
    const entry = this.entries.get(number);
    if (entry === undefined) return;
    entry.retryAt = now + Math.min(RETRY_MIN * 2 ** entry.failures, RETRY_MAX);
    entry.failures++;
  }

  succeeded(number: number): void {
    const entry = this.entries.get(number);
    if (entry === undefined) return;
    entry.failures = 0;
    entry.retryAt = 0;
  }

  /** The oldest that is not in use makes room. */
  private forgetOne(): void {
    for (const [number, { endpoint, isInUse, isPinned }] of this.entries) {
      if (isInUse || isPinned) continue;
      this.entries.delete(number);
      this.numbers.delete(endpointText(endpoint));
      return;
    }
  }
}
