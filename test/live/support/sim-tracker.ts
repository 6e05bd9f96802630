import { startSim } from "./sim-client.ts";
import type { TrackerKind } from "./tracker.ts";

/** `sim tracker`, HTTP and UDP at one port. */
export const ownTracker: TrackerKind = {
  name: "sim tracker",
  tool: undefined,
  isOverUdp: false,
  urlAt: (port) => `http://127.0.0.1:${port}/announce`,
  async start(scratch, port) {
    const args = ["tracker", "--http", `${port}`, "--udp", `${port}`];
    return startSim({ name: "sim-tracker", scratch }, args);
  },
};

export const ownTrackerOverUdp: TrackerKind = {
  ...ownTracker,
  name: "sim tracker over UDP",
  isOverUdp: true,
  urlAt: (port) => `udp://127.0.0.1:${port}/announce`,
};
