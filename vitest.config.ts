import { defineConfig } from 'vitest/config';

/** Tests run on sources: the `@baton/source` condition of every package points at its `src/`. */
const conditions = ['@baton/source', 'node'];
const shared = {
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
