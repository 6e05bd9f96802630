/**
 * A torrent file that cannot be used, or files that no torrent can be made of. The message names the key, what is wrong with it, and
 * what to do; which file it is, the caller knows.
 */
export class TorrentError extends Error {
  override name = "TorrentError";
}
