import { BLOCK_SIZE } from "../core/geometry.ts";
import type { PipelineRule } from "./settings.ts";

/**
 * How many requests to keep in flight on a connection that brings `rate` bytes per second and has brought `blocks`
 * blocks since it last unchoked us.
 */
export function pipelineDepth(rule: PipelineRule, rate: number, blocks: number): number {
  switch (rule.rule) {
    case "fixed":
      return rule.requests;
    case "mainline": {
      // mainline 5.x Downloader._backlog
      const depth = 2 + Math.floor((4 * rate) / BLOCK_SIZE);
      if (depth > 50) return Math.max(50, Math.floor(0.075 * depth));
      return blocks < 4 && depth < rule.start ? rule.start : depth;
    }
    case "seconds": {
      // libtorrent: one more a block until the rate decides (peer_connection.cpp, slow start)
      const wanted = Math.floor((rule.seconds * rate) / BLOCK_SIZE);
      const depth = Math.max(wanted, rule.min + blocks < 16 ? rule.min + blocks : 0);
      return Math.min(Math.max(depth, rule.min), rule.max);
    }
  }
}
