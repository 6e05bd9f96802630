/** How long and how much of a tracker is waited for. Times in ms, sizes in bytes. */
export interface TrackerClientSettings {
  /** An HTTP answer must be in by then, redirections included. */
  readonly httpTimeout: number;
  readonly maxRedirections: number;
  /** Of an HTTP answer, packed and unpacked. */
  readonly maxAnswer: number;
  /** A packet is sent again after so long, and after twice that, and so on. */
  readonly udpTimeout: number;
  /** How often it is sent. */
  readonly udpAttempts: number;
  /** How long a connection id is good for after it came. */
  readonly connectionIdLifetime: number;
  /**
   * The address of ours that announces come from, and the one family over which trackers are asked then; undefined, 0.0.0.0
   * and :: leave it to the system.
   */
  readonly localAddress: string | undefined;
  /** As HTTP trackers are told. */
  readonly userAgent: string;
}

export const defaultTrackerClientSettings: TrackerClientSettings = {
  httpTimeout: 30_000, // libtorrent tracker_completion_timeout
  maxRedirections: 5, // ours; a tracker moves once
  maxAnswer: 2_097_152, // ours; 200 peers take 4 KB
  udpTimeout: 15_000, // BEP 15: 15 * 2 ^ n s
  udpAttempts: 2, // ours: 45 s in all. BEP 15 goes on for two hours, and all other trackers would wait for that
  connectionIdLifetime: 60_000, // BEP 15
  localAddress: undefined,
  userAgent: "Swarmlab",
};
