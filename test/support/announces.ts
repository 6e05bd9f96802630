import type { AnnounceParameters } from "../../src/tracker/announce-parameters.ts";

/** 20 bytes that begin with `text` and go on with dots. */
export function idOf(text: string): Uint8Array {
  return Uint8Array.from(text.padEnd(20, "."), (character) => character.charCodeAt(0));
}

/** The first announce of a leecher, but for what is said. */
export function parametersOf(fields: Partial<AnnounceParameters> = {}): AnnounceParameters {
  return {
    infohash: idOf("infohash"),
    peerId: idOf("peer"),
    port: 6881,
    uploaded: 0,
    downloaded: 0,
    left: 1000,
    event: "started",
    wanted: undefined,
    key: 0x0102abcd,
    ...fields,
  };
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
