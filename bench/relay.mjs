// @ts-check
/**
 * Moves bytes between pairs of ports and looks at none: what any process of Node between Jupyter and a kernel costs.
 *
 * `node relay.mjs FROM:TO…`; prints `ready` when it listens.
 */
import { connect, createServer } from 'node:net';

const HOST = '127.0.0.1';

await Promise.all(
  process.argv.slice(2).map(pair => {
    const [from, to] = pair.split(':').map(Number);
    const server = createServer(client => {
      const kernel = connect(Number(to), HOST);
      for (const [one, other] of [
        [client, kernel],
        [kernel, client],
      ]) {
        one?.setNoDelay(true);
        one?.on('data', bytes => other?.write(bytes));
        one?.on('error', () => other?.destroy());
        one?.on('close', () => other?.destroy());
      }
    });
    return new Promise(done => server.listen(from, HOST, () => done(undefined)));
  }),
);
console.log('ready');
