import { profiles } from "../../src/engine/profiles.ts";
import type { ClientSettings } from "../../src/engine/settings.ts";
import type { Departure, Distribution, PeerClass, Scenario } from "../../src/scenario/scenario.ts";

export const MIB = 1024 * 1024;
/** Bytes per second. */
export const MBIT = 125_000;

export function constant(value: number): Distribution {
  return { kind: "constant", value };
}

type ClassOptions = Partial<
  Omit<PeerClass, "leave" | "choker" | "seedChoker" | "picker" | "settings" | "upload" | "download">
> & {
  leave?: Omit<Departure, "rejoin"> & { readonly rejoin?: boolean };
  upload?: number | Distribution;
  download?: number | Distribution;
  choker?: string;
  seedChoker?: string;
  picker?: string;
  settings?: Partial<ClientSettings>;
};

const never = { afterCompletion: undefined, session: undefined, crash: false };

/** A class of leechers that come at once, stay, and have 2 Mbit/s up and 16 Mbit/s down, but for what is said. */
export function peerClass(name: string, options: ClassOptions = {}): PeerClass {
  const {
    upload = 2 * MBIT,
    download = 16 * MBIT,
    choker,
    seedChoker,
    picker,
    settings,
    leave = never,
    ...rest
  } = options;
  return {
    name,
    mix: undefined,
    isJoint: false,
    count: 20,
    role: "leecher",
    delay: { kind: "uniform", min: 5, max: 50 },
    reachable: true,
    corrupts: 0,
    pieces: { kind: "none" },
    arrive: { kind: "at", time: 0 },
    leave: { rejoin: false, ...leave },
    profile: "mainline-4",
    ...rest,
    upload: typeof upload === "number" ? constant(upload) : upload,
    download: typeof download === "number" ? constant(download) : download,
    choker: { name: choker ?? "tit-for-tat", options: {} },
    seedChoker: seedChoker === undefined ? undefined : { name: seedChoker, options: {} },
    picker: { name: picker ?? "rarest-first", options: {} },
    settings: { ...profiles["mainline-4"], ...settings },
    ownSettings: settings ?? {},
  };
}

export function origin(options: ClassOptions = {}): PeerClass {
  return peerClass("origin", { role: "seeder", count: 1, upload: 8 * MBIT, ...options });
}

export function scenario(peers: readonly PeerClass[], options: Partial<Scenario> = {}): Scenario {
  return {
    name: "test",
    description: "",
    seed: "1",
    torrent: { size: 8 * MIB, pieceLength: MIB / 4 },
    network: { model: "access", delay: constant(20), headerBytes: 40, segmentBytes: 1460 },
    tracker: { numwant: 50, interval: 1_800_000, minInterval: 60_000, delay: 20 },
    stop: { when: "all-complete", atMost: 3_600_000 },
    wire: "direct",
    sampleInterval: 5_000,
    peers,
    ...options,
  };
}
