import type { Clock } from "../../core/clock.ts";
import type { PeerGate } from "../../tracker/announce.ts";
import { addressKeyOf, type ServedPeer } from "./served-peer.ts";
import type { TrackerServerSettings } from "./settings.ts";

/** Requests that an address may make at once, as of `at` (ms). */
interface Allowance {
  requests: number;
  at: number;
}

/** What each address may have of the tracker, so that nobody takes it all. An address is a string of `addressKey`. */
export class AddressLimits implements PeerGate<ServedPeer> {
  private readonly clock: Clock;
  private readonly settings: TrackerServerSettings;
  /** Those whose allowance is not whole; the one first seen comes first. */
  private readonly allowances = new Map<string, Allowance>();
  private readonly peersOf = new Map<string, number>();
  private allPeers = 0;

  constructor(clock: Clock, settings: TrackerServerSettings) {
    this.clock = clock;
    this.settings = settings;
  }

  /** Peers in all. */
  get peers(): number {
    return this.allPeers;
  }

  /** Whether one more request of the address is served. Its allowance is a bucket that fills again at the rate. */
  admits(address: string): boolean {
    const { requestBurst, requestRate } = this.settings;
    const { now } = this.clock;
    const allowance = this.allowances.get(address);
    if (allowance === undefined) {
      if (requestBurst < 1) return false;
      this.makeRoom();
      this.allowances.set(address, { requests: requestBurst - 1, at: now });
      return true;
    }
    const refill = ((now - allowance.at) / 1000) * requestRate;
    allowance.requests = Math.min(requestBurst, allowance.requests + refill);
    allowance.at = now;
    if (allowance.requests < 1) return false;
    allowance.requests--;
    return true;
  }

  enter(peer: ServedPeer): boolean {
    const { maxAllPeers, maxPeersPerAddress } = this.settings;
    const address = addressKeyOf(peer);
    const count = this.peersOf.get(address) ?? 0;
    if (this.allPeers >= maxAllPeers || count >= maxPeersPerAddress) return false;
    this.peersOf.set(address, count + 1);
    this.allPeers++;
    return true;
  }

  leave(peer: ServedPeer): void {
    const address = addressKeyOf(peer);
    const count = (this.peersOf.get(address) as number) - 1;
    if (count === 0) this.peersOf.delete(address);
    else this.peersOf.set(address, count);
    this.allPeers--;
  }

  /** Forgets the addresses whose allowance is whole again. */
  expire(): void {
    const { requestBurst, requestRate } = this.settings;
    const { now } = this.clock;
    for (const [address, { requests, at }] of this.allowances) {
      if (requests + ((now - at) / 1000) * requestRate >= requestBurst) {
        this.allowances.delete(address);
      }
    }
  }

  private makeRoom(): void {
    if (this.allowances.size < this.settings.maxAddresses) return;
    const [oldest] = this.allowances.keys();
    this.allowances.delete(oldest as string);
  }
}
