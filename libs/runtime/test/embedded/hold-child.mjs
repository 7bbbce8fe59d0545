// Supervises one program, prints its process id and waits to be killed. Runs on the built library.
import { Supervisor } from '../../dist/embedded/index.js';

const [program, logFile] = process.argv.slice(2);
const supervisor = new Supervisor();
const child = supervisor.start({ name: 'held', program, env: process.env, logFile });
process.stdout.write(`${child.pid}\n`);
