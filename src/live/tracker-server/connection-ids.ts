import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../core/clock.ts";
import { CONNECTION_ID_LENGTH } from "../../tracker/udp-requests.ts";

/** A connection id is of the minute in which it was made, and good for two more. BEP 15 asks for two minutes. */
const PERIOD = 60_000;
const OLDEST = 2;

/**
 * The connection ids of BEP 15, of which the tracker keeps none: each is a keyed hash of the minute and of the address that it was
 * sent to, so that only who reads what is sent there can show it.
 */
export class ConnectionIds {
  private readonly clock: Clock;
  private readonly secret = randomBytes(32);

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** For `ip`, of 4 or 16 bytes. */
  idFor(ip: Uint8Array): Uint8Array {
    return this.idAt(this.period(), ip);
  }

  isGood(id: Uint8Array, ip: Uint8Array): boolean {
    const period = this.period();
    for (let age = 0; age <= OLDEST; age++) {
      if (timingSafeEqual(id, this.idAt(period - age, ip))) return true;
    }
    return false;
  }

  private period(): number {
    return Math.floor(this.clock.now / PERIOD);
  }

  private idAt(period: number, ip: Uint8Array): Uint8Array {
    const hash = createHmac("sha256", this.secret).update(`${period}/`).update(ip).digest();
    return hash.subarray(0, CONNECTION_ID_LENGTH);
  }
}
