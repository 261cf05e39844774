/**
 * A ten-minute cell at the adaptive rate: `npx vite-node test/manual/ten-minutes.ts [seconds]`.
 *
 * Prints what the hook used minute by minute. No part of `npm test`, which has twenty seconds of the same
 * (test/integration/lines/long-cell.test.ts).
 */
import { measureLongCell } from '../integration/lines/long-cell.ts';

const seconds = Number(process.argv.at(-1)) || 600;
const { cell, profileBytes, hook } = await measureLongCell(seconds);

for (let minute = 0; minute * 60_000 < cell.wallTimeMs; minute++) {
  const seen = hook.filter(({ tMs }) => Math.floor(tMs / 60_000) === minute);
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last || last.tMs === first.tMs) continue;
  const cpu = ((last.cpuMs - first.cpuMs) / (last.tMs - first.tMs)) * 100;
  const mostMb = Math.max(...seen.map(({ rssBytes }) => rssBytes)) / 2 ** 20;
  console.log(
    `minute ${minute + 1}: hook ${cpu.toFixed(2)} % of a core, at most ${mostMb.toFixed(1)} MiB`,
  );
}
console.log(
  `profile: ${(profileBytes / 1000).toFixed(1)} kB, ${cell.lines.length} lines, ${cell.functions.length} functions`,
);
console.log(
  `sampling: ${JSON.stringify(cell.sampling)}; wall ${(cell.wallTimeMs / 1000).toFixed(1)} s`,
);
for (const { text, share, rssGrowthBytes } of cell.lines.slice(0, 8))
  console.log(`${(share * 100).toFixed(1)} % ${(rssGrowthBytes / 1e6).toFixed(1)} MB ${text}`);
process.exit(0);
