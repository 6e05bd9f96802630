import type { Clock } from "../../core/clock.ts";
import type { ScrapeCounts } from "../../tracker/announce.ts";

/** Ways to speak to a tracker. */
export type Transport = "http" | "udp";

/** Requests that came one way. */
export interface RequestCounts {
  announces: number;
  scrapes: number;
  /** Garbage, and what was too much of one address. */
  refused: number;
}

/** What a tracker tells of itself: as `stats.json`, and on its page. */
export interface TrackerStats {
  /** Seconds since it started. */
  readonly uptime: number;
  readonly http: Readonly<RequestCounts>;
  readonly udp: Readonly<RequestCounts>;
  /** Announces in each of the last 60 seconds that are over, and in the one that runs, which comes last. */
  readonly announcesBySecond: readonly number[];
  /** Bytes of memory that the process has. */
  readonly memory: number;
  /** Torrents that it keeps, and peers that it knows. */
  readonly torrents: number;
  readonly peers: number;
  /** Those with most peers. */
  readonly largest: readonly TorrentStats[];
}

export interface TorrentStats {
  /** In hexadecimal. */
  readonly infohash: string;
  readonly seeders: number;
  readonly leechers: number;
  /** Peers that completed, since the tracker started. */
  readonly completed: number;
}

/** Seconds that are remembered: a minute, and the one that runs. */
const SPAN = 61;

/** Torrents that are listed. */
const MAX_LISTED = 100;

/** Counts what a tracker is asked. */
export class RequestLog {
  readonly http: RequestCounts = { announces: 0, scrapes: 0, refused: 0 };
  readonly udp: RequestCounts = { announces: 0, scrapes: 0, refused: 0 };
  private readonly clock: Clock;
  private readonly begin: number;
  /** Announces by second modulo SPAN; `second` is the newest. */
  private readonly bySecond = new Float64Array(SPAN);
  private second = 0;

  constructor(clock: Clock) {
    this.clock = clock;
    this.begin = clock.now;
  }

  announced(transport: Transport): void {
    this[transport].announces++;
    this.advance();
    (this.bySecond[this.second % SPAN] as number)++;
  }

  scraped(transport: Transport): void {
    this[transport].scrapes++;
  }

  refused(transport: Transport): void {
    this[transport].refused++;
  }

  /** What there is to tell, with what is counted of each torrent. */
  stats(counts: ReadonlyMap<string, ScrapeCounts>, memory: number): TrackerStats {
    this.advance();
    const torrents = [...counts].map(([infohash, { complete, incomplete, downloaded }]) => ({
      infohash,
      seeders: complete,
      leechers: incomplete,
      completed: downloaded,
    }));
    const first = this.second - SPAN + 1;
    return {
      uptime: Math.floor((this.clock.now - this.begin) / 1000),
      http: { ...this.http },
      udp: { ...this.udp },
      announcesBySecond: [...Array(SPAN).keys()].map((i) => this.at(first + i)),
      memory,
      torrents: torrents.length,
      peers: torrents.reduce((total, torrent) => total + size(torrent), 0),
      largest: torrents.sort(bySize).slice(0, MAX_LISTED),
    };
  }

  private at(second: number): number {
    return second < 0 ? 0 : (this.bySecond[second % SPAN] as number);
  }

  /** Empties the seconds that have begun since. */
  private advance(): void {
    const now = Math.floor((this.clock.now - this.begin) / 1000);
    const first = Math.max(this.second + 1, now - SPAN + 1);
    for (let second = first; second <= now; second++) this.bySecond[second % SPAN] = 0;
    this.second = Math.max(this.second, now);
  }
}

function size({ seeders, leechers }: TorrentStats): number {
  return seeders + leechers;
}

/** Those with most peers first; of as many, always in the same order. */
function bySize(a: TorrentStats, b: TorrentStats): number {
  return size(b) - size(a) || (a.infohash < b.infohash ? -1 : 1);
}
