import type { ComparedPeer, RunFigures } from "../../compare/run-figures.ts";
import type { CellFormat } from "../cell-store.ts";

/** Counts the changes of what a cell's file holds; one of another format is run anew. */
export const cellFormat = 2;

/** The peers as a file has them: a list a column. */
type Columns = { readonly [K in keyof ComparedPeer]: readonly ComparedPeer[K][] };

interface CellFile extends Omit<RunFigures, "peers"> {
  readonly format: number;
  readonly id: string;
  readonly peers: Columns;
}

const columns = [
  "peer",
  "class",
  "role",
  "arrivedSeconds",
  "completionSeconds",
  "leftSeconds",
  "uploadCapacityBytesPerSecond",
  "downloadCapacityBytesPerSecond",
  "uploadedBytes",
  "downloadedBytes",
  "wastedBytes",
] as const satisfies readonly (keyof ComparedPeer)[];

/** The file of a run. */
export const figuresCell: CellFormat<RunFigures> = {
  text(id, { peers, ...figures }) {
    const entries = columns.map((key) => [key, peers.map((peer) => peer[key])]);
    const file: CellFile = {
      format: cellFormat,
      id,
      ...figures,
      peers: Object.fromEntries(entries) as unknown as Columns,
    };
    return `${JSON.stringify(file)}\n`;
  },
  parse(id, text) {
    const { format, id: own, peers, ...figures } = JSON.parse(text) as CellFile;
    if (format !== cellFormat || own !== id) return undefined;
    const rows = peers.peer.map((_, at) =>
      Object.fromEntries(columns.map((key) => [key, peers[key][at]])),
    );
    return { ...figures, peers: rows as unknown as ComparedPeer[] };
  },
};
