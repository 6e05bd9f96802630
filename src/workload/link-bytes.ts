import type { NetworkSpec } from "../scenario/scenario.ts";

/** BEP 3: 4 bytes length, 1 byte id, 4 bytes piece, 4 bytes begin before a block. */
const PIECE_HEADER = 13;

/** What a block of `length` bytes costs on a link, with BEP 3's header and those of TCP and IP. */
export function blockLinkBytes(spec: NetworkSpec, length: number): number {
  return linkBytes(spec, length + PIECE_HEADER);
}

/** What `length` bytes of a connection cost on a link. */
export function linkBytes({ segmentBytes, headerBytes }: NetworkSpec, length: number): number {
  return length + Math.ceil(length / segmentBytes) * headerBytes;
}
