import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** The browser tests run the built product on embedded defaults, in a data folder of their own. Chromium is Debian's. */
const PORT = 8197;
const dataDir = (process.env['BATON_E2E_DATA'] ??= dataFolder());

/** Readable by others: as root, the database runs as somebody else. */
function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'baton-e2e-'));
  chmodSync(folder, 0o755);
  return folder;
}

export default defineConfig({
  testDir: 'apps/designer/test',
  testMatch: '*.e2e.ts',
  outputDir: 'test-results',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  workers: 1,
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['list'], ['json']] : 'list',
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['BATON_CHROMIUM'] ?? '/usr/bin/chromium',
      // The background services of a browser would only knock at a closed network.
      args: '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
        ' ',
      ),
    },
  },
  webServer: {
    command: `node_modules/.bin/node libs/runtime/dist/embedded/main.js --port ${PORT}`,
    url: `http://127.0.0.1:${PORT}/api/health/ready`,
    env: { BATON_DATA_DIR: dataDir },
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
  },
});
