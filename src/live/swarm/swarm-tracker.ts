import type { TrackerSpec } from "../../scenario/scenario.ts";
import { trackerSettings } from "../../workload/tracker-settings.ts";
import type { LiveClock } from "../live-clock.ts";
import { TrackerServer } from "../tracker-server/tracker-server.ts";
import { TrackerClient } from "../trackers/tracker-client.ts";

/** More than the peers of one machine can make of announces. */
const ENOUGH = 100_000;

/** The tracker of a swarm on one machine: our server over HTTP, as far away as the scenario has it. */
export class SwarmTracker {
  private readonly server: TrackerServer;
  private readonly client = new TrackerClient();
  private readonly delay: number;
  private address = "";

  constructor(spec: TrackerSpec, clock: LiveClock) {
    this.delay = spec.delay;
    this.server = new TrackerServer({
      http: 0,
      clock,
      settings: {
        ...trackerSettings(spec),
        maxPeersPerAddress: ENOUGH,
        requestRate: ENOUGH,
        requestBurst: ENOUGH,
        maxConnectionsPerAddress: ENOUGH,
      },
    });
  }

  async start(): Promise<void> {
    await this.server.start();
    const { http } = this.server.address();
    this.address = `http://127.0.0.1:${http?.port}/announce`;
  }

  get url(): string {
    return this.address;
  }

  /** The client side of a peer whose own delay is `delay` ms, one way. */
  clientFor(delay: number): Pick<TrackerClient, "announce"> {
    const way = () => waiting(delay + this.delay);
    return {
      announce: async (tracker, parameters, signal) => {
        await way();
        const answer = await this.client.announce(tracker, parameters, signal);
        await way();
        return answer;
      },
    };
  }

  async close(): Promise<void> {
    this.client.close();
    await this.server.close();
  }
}

function waiting(time: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, time));
}
