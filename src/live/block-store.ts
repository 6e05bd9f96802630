/** What a session needs of the storage of its torrent. */
export interface BlockStore {
  /** A block that was needed came; `bytes` are only lent. */
  write(piece: number, begin: number, bytes: Uint8Array): void;
  /** All blocks of `piece` were written: its verdict follows, never from inside this call. */
  verify(piece: number): void;
  /** It holds more bytes than it should: write no more than what is on its way. */
  readonly isFull: boolean;
  /** The block, if it is at hand. */
  cached(piece: number, begin: number, length: number): Uint8Array | undefined;
  load(piece: number, begin: number, length: number): Promise<Uint8Array>;
  /** What `cached` or `load` gave is not needed any more: it does not change before. */
  release(bytes: Uint8Array): void;
}
