/** One file of a torrent. */
export interface TorrentFile {
  /** Below the download directory: the torrent's name first, then folders, then the file's own name. Checked, and safe to join. */
  readonly path: readonly string[];
  /** Bytes, from `offset` on in the row of all files. */
  readonly length: number;
  readonly offset: number;
  /** BEP 47: zeros that fill a piece up. Nothing of it is kept on disk. */
  readonly isPadding: boolean;
}

/** What a torrent file says (BEP 3). */
export interface Metainfo {
  /** 20 bytes: SHA-1 over the `info` dictionary, byte for byte as it stands in the file. */
  readonly infohash: Uint8Array;
  readonly name: string;
  /** Bytes in all, padding included. */
  readonly size: number;
  readonly pieceLength: number;
  /** 20 bytes a piece. */
  readonly pieceHashes: Uint8Array;
  /** In the order of their bytes. */
  readonly files: readonly TorrentFile[];
  /** BEP 47: symbolic links that the torrent names. They are not made: one could lead out of the download. */
  readonly symlinks: number;
  /** BEP 27: peers come from its trackers alone. */
  readonly isPrivate: boolean;
  /** BEP 12; where a file has only `announce`, that is the one tier. Empty without trackers. */
  readonly trackers: readonly (readonly string[])[];
  readonly comment: string | undefined;
  readonly createdBy: string | undefined;
  /** Seconds since 1970. */
  readonly createdAt: number | undefined;
}
