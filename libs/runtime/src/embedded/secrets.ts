import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigProblem } from './config-problem.js';

/** What an installation makes up for itself at its first start. */
export interface Secrets {
  /** Passwords of the database roles. */
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
  readonly engine: string;
  readonly dispatcher: string;
  /** Signs access tokens. */
  readonly jwt: string;
}

const NAMES = ['superuser', 'owner', 'app', 'engine', 'dispatcher', 'jwt'] as const;

/** Read `secrets.json` in the data folder; make it, readable only by us, when it is missing. */
export function readSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) return parse(file);
  const made = Object.fromEntries(NAMES.map((name) => [name, randomBytes(36).toString('base64url')]));
  mkdirSync(dataDir, { recursive: true });
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(fresh, file);
  return parse(file);
}

function parse(file: string): Secrets {
  const found = JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
  const missing = NAMES.find((name) => typeof found[name] !== 'string' || found[name].length < 16);
  if (missing) throw new ConfigProblem(`${file} lacks "${missing}": restore the file, or start with --reset to begin anew.`);
  return found as Secrets;
}
