/** The setup of Bharambe, Herley and Padmanabhan, INFOCOM 2006, as their simulator's scripts have it. Rates in kbit/s. */
export const bharambe2006 = {
  source:
    "A. R. Bharambe, C. Herley and V. N. Padmanabhan, Analyzing and improving a BitTorrent network's performance mechanisms, INFOCOM 2006 (MSR-TR-2005-03)",
  /** 400 blocks of 256 KiB: their file of 819,200 kbit. */
  size: 400 * 256 * 1024,
  torrent: { size: `${400 * 256} KiB`, pieceLength: "256 KiB" },
  /** A flash crowd of 100 peers a second. */
  arrive: { within: "3 s" },
  settings: {
    slots: 5,
    numwant: 40,
    maxConnections: 80,
    maxInitiate: 40,
    randomFirstPieces: 1,
  },
  differences: [
    "Their simulator moves blocks of 256 KB as a fluid, with no delay, no requests and no endgame. Here a real engine asks for blocks of 16 KiB of pieces of 256 KiB over links with delays of 5 to 50 ms; there are no switches that would take that out.",
    "Header bytes are switched off, as they have none.",
    "Their neighbourhoods (40 from the tracker, 80 at most), slots (4 and an optimistic one), departures (on completion) and the seed's choker (by upload rate) are the same.",
    "Utilisation is, as theirs, the mean over samples every 20 s of the share of the present peers' capacity that is used.",
    "The published numbers of a cell are from their own simulator, run with the scripts' parameters: single runs, which differ from seed to seed by 1 % (peers alike) to 8 % (three classes).",
  ],
} as const;
