import type { SentStorageError } from "./storage-error.ts";

/** Bytes of a piece in shared memory, by segment: -1 where nothing of it is there. */
export interface PieceInMemory {
  readonly piece: number;
  /** The segment of the first slot. */
  readonly segment: number;
  readonly slots: readonly number[];
  /** One a slot: bit i is set when block i of the segment is in it. */
  readonly present: readonly number[];
}

/** Hash the piece, what is on the disk already included; if it is right, write what is in memory, and note it. */
export interface VerifyJob extends PieceInMemory {
  readonly kind: "verify";
  /** In base64. */
  readonly hash: string;
}

/** Write one segment's blocks to their place, so that their memory can be used for others. */
export interface SpillJob extends PieceInMemory {
  readonly kind: "spill";
}

export type DiskJob = VerifyJob | SpillJob;

/** What the disk's thread is asked. Answers come in the same order. */
export type ToDisk =
  /** Of the pieces to check, those that are right (BEP 3's bitfield): begin to write. Once, and first. */
  | { readonly kind: "begin"; readonly right: Uint8Array }
  | {
      readonly kind: "jobs";
      readonly jobs: readonly DiskJob[];
      /** Slots that are new, and their memory. */
      readonly slots: readonly (readonly [slot: number, memory: SharedArrayBuffer])[];
    }
  /** Have all on the disk, note that, and end. */
  | { readonly kind: "close" };

export type FromDisk =
  | ({ readonly kind: "surveyed" } & Surveyed)
  | ({ readonly kind: "begun" } & Begun)
  /** One answer a job: for a piece whether its hash was right, for blocks true. */
  | { readonly kind: "done"; readonly isRight: readonly boolean[] }
  /** Nothing is done any more but closing. */
  | { readonly kind: "failed"; readonly error: SentStorageError };

/** What was found when the files were looked at. */
export interface Surveyed {
  /** The download directory's real path. */
  readonly root: string;
  /** Pieces to be hashed: BEP 3's bitfield. */
  readonly toCheck: Uint8Array;
}

export interface Begun {
  /** Pieces that are there and right: BEP 3's bitfield. */
  readonly have: Uint8Array;
  readonly resumed: Resumed;
}

/** For the user: what is there, and how we know. Pieces are counted. */
export interface Resumed {
  /** By the record alone: their files are as they were left. */
  readonly trusted: number;
  /** Hashed, and right. */
  readonly checked: number;
  /** Hashed, and wrong. */
  readonly wrong: number;
  /** Files that the record knows, and that are gone. */
  readonly missingFiles: readonly string[];
  /** Files that were changed since by somebody else. */
  readonly changedFiles: readonly string[];
  /** The machine went down without an end to the download, so everything was checked. */
  readonly hasCrashed: boolean;
}
