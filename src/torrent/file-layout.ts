import { assert } from "../core/assert.ts";
import type { Metainfo, TorrentFile } from "./metainfo.ts";

/** Bytes of a piece that lie in one file. */
export interface FileRange {
  /** Index among the torrent's files. */
  readonly file: number;
  /** Where they begin in the file. */
  readonly offset: number;
  /** Where they begin in what was asked for. */
  readonly at: number;
  readonly length: number;
  /** They are zeros, and on no disk (BEP 47). */
  readonly isPadding: boolean;
}

/** Where the pieces of a torrent lie in its files. */
export class FileLayout {
  readonly pieceCount: number;
  private readonly size: number;
  private readonly pieceLength: number;
  private readonly files: readonly TorrentFile[];

  constructor({ files, pieceLength, size }: Pick<Metainfo, "files" | "pieceLength" | "size">) {
    this.files = files;
    this.pieceLength = pieceLength;
    this.size = size;
    this.pieceCount = Math.ceil(size / pieceLength);
  }

  /** Bytes of a piece; the last may be short. */
  lengthOfPiece(piece: number): number {
    return Math.min(this.pieceLength, this.size - piece * this.pieceLength);
  }

  /** The files' parts of `length` bytes from `begin` on in the piece, in order; by default of the whole piece. None is empty. */
  rangesOf(
    piece: number,
    begin = 0,
    length = this.lengthOfPiece(piece) - begin,
  ): readonly FileRange[] {
    const isWithin =
      piece >= 0 && begin >= 0 && length >= 0 && begin + length <= this.lengthOfPiece(piece);
    assert(isWithin, `piece ${piece} has no ${length} bytes from ${begin} on`);
    return this.rangesAt(piece * this.pieceLength + begin, length);
  }

  /** The same of the pieces from `first` to before `end`. */
  rangesOfPieces(first: number, end: number): readonly FileRange[] {
    const start = first * this.pieceLength;
    return this.rangesAt(start, Math.min(end * this.pieceLength, this.size) - start);
  }

  /** The pieces that have bytes of the file, from its byte `from` on: from `first` to before `end`, and none where these are equal. */
  piecesOf(file: number, from = 0): { readonly first: number; readonly end: number } {
    const { offset, length } = this.files[file] as TorrentFile;
    const first = Math.floor((offset + from) / this.pieceLength);
    const end = from >= length ? first : Math.ceil((offset + length) / this.pieceLength);
    return { first, end };
  }

  /** Of `length` bytes from `start` on in the row of all files. */
  private rangesAt(start: number, length: number): readonly FileRange[] {
    const ranges: FileRange[] = [];
    let at = 0;
    for (let index = this.fileAt(start); at < length; index++) {
      const file = this.files[index] as TorrentFile;
      const offset = start + at - file.offset;
      const part = Math.min(length - at, file.length - offset);
      if (part > 0) {
        ranges.push({ file: index, offset, at, length: part, isPadding: file.isPadding });
      }
      at += part;
    }
    return ranges;
  }

  /** The last file that begins at or before `position` in the row of all files; those before it end there or earlier. */
  private fileAt(position: number): number {
    let low = 0;
    let high = this.files.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.files[middle] as TorrentFile).offset <= position) low = middle;
      else high = middle;
    }
    return low;
  }
}
