import type { ProfileName } from "../engine/profiles.ts";
import type { ClientSettings } from "../engine/settings.ts";

/**
 * A scenario as the simulator runs it: every default filled in, sizes in bytes, times in ms, rates in bytes per second.
 * `parse.ts` makes it from YAML.
 */
export interface Scenario {
  readonly name: string;
  readonly description: string;
  readonly seed: string;
  readonly torrent: { readonly size: number; readonly pieceLength: number };
  readonly network: NetworkSpec;
  readonly tracker: TrackerSpec;
  readonly peers: readonly PeerClass[];
  readonly stop: StopSpec;
  /** Whether messages pass as numbers, or through encoder and decoder. The digest is the same. */
  readonly wire: "direct" | "bytes";
  /** Time between two rows of the time series. */
  readonly sampleInterval: number;
}

export interface NetworkSpec {
  /** `access`: each peer has an uplink, a downlink and a one-way delay to the core. */
  readonly model: "access";
  /** One-way delay between a peer and the core in ms, drawn for each peer; a class may have its own. */
  readonly delay: Distribution;
  /** TCP/IP header bytes a segment, and payload bytes a segment; 0 headers for none. */
  readonly headerBytes: number;
  readonly segmentBytes: number;
}

export interface TrackerSpec {
  /** BEP 3: at most so many peers in an answer. */
  readonly numwant: number;
  /** What it tells peers to wait between announces. */
  readonly interval: number;
  readonly minInterval: number;
  /** One-way delay between the core and the tracker. */
  readonly delay: number;
}

/**
 * A number drawn once a peer. `values`: one of them by weight. `table`: a CDF; between two points the value is linear in the
 * share, or its logarithm is.
 */
export type Distribution =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "uniform"; readonly min: number; readonly max: number }
  | { readonly kind: "exponential"; readonly mean: number }
  | { readonly kind: "values"; readonly values: readonly { value: number; weight: number }[] }
  | {
      readonly kind: "table";
      readonly points: readonly { cdf: number; value: number }[];
      readonly interpolation: "linear" | "logarithmic";
    };

/** When the peers of a class come. */
export type Arrival =
  /** All at once. */
  | { readonly kind: "at"; readonly time: number }
  /** Uniformly, from `start` on for `duration`. */
  | { readonly kind: "within"; readonly start: number; readonly duration: number }
  /** Exponential gaps; `rate` in peers per ms; until `count` peers came or the run ends at `until`. */
  | {
      readonly kind: "poisson";
      readonly rate: number;
      readonly start: number;
      readonly until: number;
    }
  /** Guo et al., IMC 2005: as `poisson`, but the rate falls from `rate` on to 1/e of it in every `timeConstant` ms. */
  | {
      readonly kind: "decaying";
      readonly rate: number;
      readonly timeConstant: number;
      readonly start: number;
      readonly until: number;
    }
  /** At the times of a file, in ms. */
  | { readonly kind: "trace"; readonly times: readonly number[] };

/** When a peer goes. The earliest of the given reasons counts. */
export interface Departure {
  /** So long after it completed; undefined: it never leaves for that. 0: at once. */
  readonly afterCompletion: Distribution | undefined;
  /** Session length from arrival, complete or not. */
  readonly session: Distribution | undefined;
  /** Leaves by crash: no goodbye to peers or tracker. */
  readonly crash: boolean;
  /** When it has gone, a new peer that has nothing comes at once over the same link. */
  readonly rejoin: boolean;
}

export interface PeerClass {
  readonly name: string;
  /** The mixed population that the class is a part of; undefined: it is a population of its own. */
  readonly mix: MixPart | undefined;
  /** Number of peers; for Poisson arrivals an upper bound (Infinity for none). */
  readonly count: number;
  readonly role: "seeder" | "leecher";
  /** Bytes per second; a downlink may be Infinity. */
  readonly upload: Distribution;
  readonly download: Distribution;
  /** The two are `values` of one list of links: one draw decides both. */
  readonly isJoint: boolean;
  readonly delay: Distribution;
  /** False for a peer behind NAT: it dials, and cannot be dialled. */
  readonly reachable: boolean;
  /** Share of the blocks it sends that are garbage, 0..1: a polluter. */
  readonly corrupts: number;
  /** What a leecher brings: nothing, every piece but those named, or each piece with a probability. */
  readonly pieces:
    | { readonly kind: "none" }
    | { readonly kind: "all-but"; readonly pieces: readonly number[] }
    | { readonly kind: "fraction"; readonly fraction: number };
  readonly arrive: Arrival;
  readonly leave: Departure;
  readonly choker: StrategyChoice;
  /** Undefined: the choker itself where it serves both states, else the profile's. */
  readonly seedChoker: StrategyChoice | undefined;
  readonly picker: StrategyChoice;
  readonly profile: ProfileName;
  /** The profile with the class's overrides. */
  readonly settings: ClientSettings;
  /** These overrides: they also come before what a strategy is defined with. */
  readonly ownSettings: Partial<ClientSettings>;
}

/**
 * A class's part of a population whose members differ in strategies, profile and settings alone. Its classes stand together
 * in `Scenario.peers`, and are equal in all else. Chance that is named after the population does not know who is who.
 */
export interface MixPart {
  readonly population: string;
  /** Number of peers of the whole population, as `PeerClass.count`. */
  readonly count: number;
  /** The class's share of them, 0..1; those of a population add up to 1. */
  readonly share: number;
}

/** A strategy by name, or by path to a user's module. */
export interface StrategyChoice {
  readonly name: string;
  readonly options: Readonly<Record<string, number | string | boolean>>;
}

export interface StopSpec {
  /**
   * `all-complete`: when every leecher that will come has completed or left. `complete`: every leecher of these classes, of
   * which a mixed population stands for all of its members. `time`: at `atMost` only.
   */
  readonly when: "all-complete" | "time" | { readonly complete: readonly string[] };
  /** Simulated ms at which the run ends in any case. */
  readonly atMost: number;
}
