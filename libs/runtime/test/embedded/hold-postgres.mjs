// Starts an embedded PostgreSQL, prints its process id and waits to be killed. Runs on the built library.
import { EmbeddedPostgres } from '../../dist/embedded/index.js';

const [dir, password, logFile] = process.argv.slice(2);
const server = await EmbeddedPostgres.start({ dir, password, logFile });
process.stdout.write(`${server.pid}\n`);
setInterval(() => {}, 60_000);
