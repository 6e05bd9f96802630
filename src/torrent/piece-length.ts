/** Bytes of the shortest and the longest pieces that are chosen without being asked for. */
const shortest = 2 ** 14; // BEP 3: a block; BEP 52 allows no less
const longest = 2 ** 24; // clients before 2012 take no longer ones

/** libtorrent, create_torrent: hashes shall come to 40 KiB at most. */
const mostPieces = (40 * 1024) / 20;

/** The piece length for files of `size` bytes: the least power of two by which they are at most 2,048 pieces, from 16 KiB to 16 MiB. */
export function automaticPieceLength(size: number): number {
  let length = shortest;
  while (length < longest && size > mostPieces * length) length *= 2;
  return length;
}
