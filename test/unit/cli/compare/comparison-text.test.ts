import { describe, expect, test } from "@jest/globals";
import { batchLine } from "../../../../src/cli/compare/batch-progress.ts";
import { comparisonText } from "../../../../src/cli/compare/comparison-text.ts";
import { fixedComparison, stuckComparison } from "../../../support/compared-runs.ts";

const plain = (text: string) => text;

describe("what is printed of a comparison", () => {
  test("is a block for all leechers and each class, a line a variant", () => {
    const content = fixedComparison();
    expect(comparisonText("Fixed", content, plain)).toBe(`Fixed: 2 variants, 3 seeds (1, 2, 3)

               peers  unfinished     p50     p95     download  ratio  Jain  uplink          speed-up
all leechers
  tit-for-tat      6           0  35.4 s  58.1 s  1.73 Mbit/s   0.88  0.80    32 %                 1
  bittyrant        6           0  40.1 s    1:06  1.52 Mbit/s   0.88  0.80    28 %  0.88 (0.88–0.89)
dsl
  tit-for-tat      4           0  45.4 s  59.1 s  1.41 Mbit/s   0.44  0.93    46 %                 1
  bittyrant        4           0  51.5 s    1:07  1.24 Mbit/s   0.44  0.93    41 %  0.88 (0.88–0.89)
fibre
  tit-for-tat      2           0  20.2 s  24.7 s  3.17 Mbit/s   1.75  0.94    28 %                 1
  bittyrant        2           0  22.9 s  28.1 s   2.8 Mbit/s   1.75  0.94    24 %  0.88 (0.88–0.89)
origin
  tit-for-tat      1           –       –       –            –      –     –    26 %                 –
  bittyrant        1           –       –       –            –      –     –    23 %                 –
`);
  });

  test("fits into 100 columns, whatever the variants are called", () => {
    const content = fixedComparison(12, 11);
    const text = comparisonText("Fixed", content, plain);
    expect(text).toContain("11 seeds (1 … 11)");
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  test("has dashes where nobody completes", () => {
    const content = stuckComparison();
    expect(comparisonText("Stuck", content, plain)).toMatch(/second +1 +1 +– +– /);
  });
});

describe("the progress of a comparison", () => {
  test("says what is done, what is running, and how long it will take", () => {
    const running = [
      { name: "bittyrant, seed 3", fraction: 0.42 },
      { name: "none, seed 4", fraction: 0.58 },
    ];
    expect(batchLine(4, 10, running, 60)).toBe(
      "4/10 runs, 1:00 left: bittyrant, seed 3 42 %; none, seed 4 57 %",
    );
    expect(batchLine(0, 10, [], 0)).toBe("0/10 runs");
    expect(batchLine(10, 10, [], 60)).toBe("10/10 runs, 0:00 left");
  });
});
