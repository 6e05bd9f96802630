import { LiveClock } from "../../live/live-clock.ts";
import { TorrentClient } from "../../live/torrent-client.ts";
import { SilentObserver } from "../../metrics/silent-observer.ts";
import { builtInStrategies } from "../../strategies/built-in.ts";
import {
  checkStrategies,
  createStrategies,
  markOf,
  type StrategyChoices,
  settingsOf,
} from "../../strategies/create.ts";
import { exitCodes, InputError } from "../exit-codes.ts";
import { listenForInterrupts } from "../interrupts.ts";
import { loadStrategies } from "../load-strategies.ts";
import { reason } from "../system-error.ts";
import type { Terminal } from "../terminal.ts";
import { readTorrent } from "../torrent/read-torrent.ts";
import { version } from "../version.ts";
import { ShareDisplay } from "./share-display.ts";
import {
  hostOf,
  peersOf,
  portOf,
  profileOf,
  rateOf,
  ratioOf,
  type ShareOptions,
} from "./share-options.ts";

/** What is to be shared, and how. */
export interface Share {
  readonly torrentFile: string;
  readonly directory: string;
  readonly isSeeding: boolean;
}

/** `sim seed` and `sim download`. Returns the exit code. */
export async function share(
  { torrentFile, directory, isSeeding }: Share,
  options: ShareOptions,
  terminal: Terminal,
): Promise<number> {
  const ratio = ratioOf(options.seedRatio);
  const clock = new LiveClock();
  const setup = await setupOf(options, isSeeding);
  const metainfo = await readTorrent(torrentFile);
  const interrupts = listenForInterrupts(() => {});
  const display = new ShareDisplay(metainfo, options, terminal);
  const over = new Over();
  interrupts.signal.addEventListener("abort", () => over.settle());
  const observer = new CompletionWatch(() => {
    if (ratio === undefined) over.settle();
  });
  const client = await TorrentClient.open({
    metainfo,
    directory,
    isSeeding,
    host: hostOf(options.host),
    port: portOf(options.port),
    peers: peersOf(options.peer),
    trackers: trackersOf(options, metainfo.trackers),
    number: 0,
    firstRemote: 1,
    clientName: `Swarmlab ${version()}`,
    mark: markOf(setup.strategies, setup.choices),
    settings: setup.choices.settings,
    strategies: createStrategies(setup.strategies, setup.choices, { peer: "this client", clock }),
    uplink: rateOf("--up-limit", options.upLimit),
    downlink: rateOf("--down-limit", options.downLimit),
    clock,
    observer,
    signal: interrupts.signal,
    log: (text) => display.log(text),
    failed: (error) => over.fail(error),
  });
  display.opened(client);
  try {
    await client.start().catch((cause: unknown) => {
      throw new InputError(
        `Port ${portOf(options.port)} cannot be used: ${reason(cause)}. Choose another with --port.`,
        { cause },
      );
    });
    const ticker = setInterval(() => {
      const { client: engine } = client.session;
      if (ratio === undefined || !engine.pieces.have.isComplete) return;
      if (engine.uploaded >= ratio * metainfo.size) over.settle();
    }, 500);
    const isComplete = () => client.session.client.pieces.have.isComplete;
    if (!isSeeding && ratio === undefined && isComplete()) over.settle();
    await over.ended.finally(() => clearInterval(ticker));
  } finally {
    await client.stop();
    interrupts.ignore();
  }
  display.summary();
  return interrupts.code ?? exitCodes.done;
}

/** The end of a session: it comes once. */
class Over {
  readonly ended: Promise<void>;
  settle: () => void = () => {};
  fail: (error: unknown) => void = () => {};

  constructor() {
    this.ended = new Promise((resolve, reject) => {
      this.settle = resolve;
      this.fail = reject;
    });
    this.ended.catch(() => {}); // it may fail before anybody waits
  }
}

class CompletionWatch extends SilentObserver {
  private readonly onCompleted: () => void;

  constructor(onCompleted: () => void) {
    super();
    this.onCompleted = onCompleted;
  }

  override completed(): void {
    this.onCompleted();
  }
}

async function setupOf(options: ShareOptions, isSeeding: boolean) {
  const choker = options.choker ?? "tit-for-tat";
  const picker = options.picker ?? "rarest-first";
  const names = { peers: [{ choker: { name: choker }, picker: { name: picker } }] };
  const strategies = await loadStrategies(builtInStrategies, names, process.cwd());
  const profile = profileOf(options.profile);
  const named = {
    role: isSeeding ? ("seeder" as const) : ("leecher" as const),
    choker: { name: choker, options: {} },
    seedChoker: undefined,
    picker: { name: picker, options: {} },
    profile,
    ownSettings: {},
  };
  const choices = {
    ...named,
    settings: settingsOf(strategies, named as unknown as StrategyChoices),
  };
  checkStrategies(strategies, choices);
  return { strategies, choices };
}

function trackersOf(options: ShareOptions, own: readonly (readonly string[])[]) {
  if (!options.trackers) return [];
  return options.announce.length > 0 ? options.announce.map((url) => [url]) : own;
}
