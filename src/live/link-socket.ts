/** What a session needs of the socket of a link: one of the system's, or one behind an access link that is made up. */
export interface LinkSocket {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  /** Bytes that wait to be taken by the system. */
  readonly writableLength: number;
  on(event: "data", listener: (chunk: Buffer) => void): unknown;
  on(event: "error" | "close", listener: () => void): unknown;
  pause(): unknown;
  resume(): unknown;
  cork(): void;
  uncork(): void;
  write(bytes: Uint8Array, done?: (error?: Error | null) => void): unknown;
  end(): unknown;
  destroy(): unknown;
  /** Of one that is made up: what is written next is a block of `length` bytes, whose last bit leaves at `departsAt` (ms). */
  blockNext?(departsAt: number, length: number): void;
}
