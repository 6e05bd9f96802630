/** Clients by the two letters of their peer ids (BEP 20, Azureus style); those that users are likely to meet. */
const azureusStyle: Readonly<Record<string, string>> = {
  AG: "Ares",
  AZ: "Vuze",
  BC: "BitComet",
  BI: "BiglyBT",
  BT: "BitTorrent",
  DE: "Deluge",
  GR: "GetRight",
  KT: "KTorrent",
  LT: "libtorrent (Rasterbar)",
  lt: "libTorrent (Rakshasa)",
  qB: "qBittorrent",
  SW: "Swarmlab",
  TR: "Transmission",
  UM: "µTorrent Mac",
  UT: "µTorrent",
  UW: "µTorrent Web",
  WW: "WebTorrent",
  XL: "Xunlei",
};

/** What a client calls itself by its peer id, where it follows a known style; else "unknown client". */
export function clientName(peerId: Uint8Array): string {
  const text = String.fromCharCode(...peerId);
  const azureus = /^-([A-Za-z]{2})([0-9A-Za-z]{4})-/.exec(text);
  if (azureus !== null) {
    const [, letters = "", digits = ""] = azureus;
    return `${azureusStyle[letters] ?? letters} ${version([...digits])}`;
  }
  const aria2 = /^A2-(\d+)-(\d+)-(\d+)-/.exec(text);
  if (aria2 !== null) return `aria2 ${aria2.slice(1).join(".")}`;
  const mainline = /^M(\d+)-(\d+)-(\d+)-/.exec(text);
  if (mainline !== null) return `BitTorrent ${mainline.slice(1).join(".")}`;
  return "unknown client";
}

/** Each character is a number: A is 10, as libtorrent 0D is 0.13. Zeros at the end say nothing. */
function version(digits: readonly string[]): string {
  const numbers = digits.map((digit) => Number.parseInt(digit, 36));
  while (numbers.length > 2 && numbers.at(-1) === 0) numbers.pop();
  return numbers.join(".");
}
