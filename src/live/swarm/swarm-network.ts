import type { Socket } from "node:net";
import type { Endpoint } from "../../core/endpoint.ts";
import { type Dial, dial } from "../sockets.ts";

/** A peer as the network between the peers sees it. */
interface Place {
  /** One way, in ms. */
  readonly delay: number;
  /** Nothing comes back from there: it is behind NAT, or crashed. */
  isSilent: boolean;
}

/** The network between the peers of a swarm on one machine, as far as dials go: who is how far away, and who does not answer. */
export class SwarmNetwork {
  /** By port. */
  private readonly places = new Map<number, Place>();

  add(port: number, delay: number, isSilent: boolean): void {
    this.places.set(port, { delay, isSilent });
  }

  /** Nothing comes back from `port` any more. */
  silence(port: number): void {
    const place = this.places.get(port);
    if (place !== undefined) place.isSilent = true;
  }

  /** How a peer dials whose own delay is `delay` ms: the SYN takes a way, and the answer takes it back. */
  dialFrom(delay: number): Dial {
    return (endpoint, timeout, localAddress, done) => {
      const place = this.places.get(endpoint.port);
      const way = delay + (place?.delay ?? 0);
      const attempt = new Attempt(way, done);
      attempt.after(way, () => {
        if (place?.isSilent === true) attempt.after(timeout - way, () => attempt.end(undefined));
        else attempt.connect(endpoint, timeout, localAddress);
      });
      return () => attempt.giveUp();
    };
  }
}

/** While the answer was on its way, the other end may have closed. */
function isOpen(socket: Socket | undefined): boolean {
  return socket?.destroyed === false;
}

class Attempt {
  private readonly way: number;
  private readonly done: (socket: Socket | undefined) => void;
  private timer: NodeJS.Timeout | undefined;
  private giveUpDial = () => {};
  private isOver = false;

  constructor(way: number, done: (socket: Socket | undefined) => void) {
    this.way = way;
    this.done = done;
  }

  after(wait: number, next: () => void): void {
    this.timer = setTimeout(next, Math.max(0, wait));
  }

  connect(endpoint: Endpoint, timeout: number, localAddress: string | undefined): void {
    this.giveUpDial = dial(endpoint, timeout, localAddress, (socket) => {
      this.giveUpDial = () => socket?.destroy();
      if (this.isOver) socket?.destroy();
      else this.after(this.way, () => this.end(isOpen(socket) ? socket : undefined));
    });
  }

  end(socket: Socket | undefined): void {
    if (this.isOver) return;
    this.isOver = true;
    this.done(socket);
  }

  giveUp(): void {
    clearTimeout(this.timer);
    this.giveUpDial();
    this.end(undefined);
  }
}
