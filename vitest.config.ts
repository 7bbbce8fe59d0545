import { defineConfig } from 'vitest/config';
import { mutant } from './tools/mutations/mutant.js';

/** Tests run on sources: the `@baton/source` condition of every package points at its `src/`. */
const conditions = ['@baton/source', 'node'];
/** Set by the mutation check alone: the tests then run on sources with one fault. */
const { FAULT } = process.env;
const shared = {
  plugins: FAULT === undefined ? [] : [mutant(JSON.parse(FAULT))],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  oxc: { target: 'es2023' as const },
};

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: [
            '{apps,libs}/*/{src,testing}/**/*.spec.ts',
            'libs/engine/test/**/*.spec.ts',
            'prisma/src/**/*.spec.ts',
            'tools/**/*.spec.ts',
          ],
          exclude: ['tools/test/**'],
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          include: ['{apps,libs}/*/test/**/*.spec.ts', 'prisma/test/**/*.spec.ts', 'tools/test/**/*.spec.ts'],
          exclude: ['libs/engine/**'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
