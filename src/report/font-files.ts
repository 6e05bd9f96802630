import { fileURLToPath } from "node:url";

/** The fonts of the PNGs, beside `src` and `dist` alike. */
export const fontFiles: readonly string[] = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((name) =>
  fileURLToPath(new URL(`../../assets/fonts/${name}`, import.meta.url)),
);
