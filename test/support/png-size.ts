/** Width and height of a PNG, from its header; throws for what is none. */
export function pngSize(bytes: Uint8Array): [number, number] {
  const view = Buffer.from(bytes);
  if (view.toString("latin1", 1, 4) !== "PNG" || view.toString("latin1", 12, 16) !== "IHDR") {
    throw new Error("This is no PNG");
  }
  return [view.readUInt32BE(16), view.readUInt32BE(20)];
}
