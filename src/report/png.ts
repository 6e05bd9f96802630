/** Makes PNGs of SVGs at twice their size, with the fonts of these files and no others, so that each machine draws the same. */
export async function pngRenderer(
  fontFiles: readonly string[],
): Promise<(svg: string) => Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const font = {
    loadSystemFonts: false,
    fontFiles: [...fontFiles],
    defaultFontFamily: "DejaVu Sans",
    sansSerifFamily: "DejaVu Sans",
  };
  return (svg) => new Resvg(svg, { font, fitTo: { mode: "zoom", value: 2 } }).render().asPng();
}
