import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const api = process.env.BATON_PUBLIC_URL ?? 'http://127.0.0.1:8080';

/** The libraries build from their sources, so that a change in one is seen without building it first. */
export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@baton/source', ...defaultClientConditions] },
  build: { outDir: 'dist/app', emptyOutDir: true, target: 'es2023', sourcemap: true, chunkSizeWarningLimit: 700 },
  server: { proxy: { '/api': { target: api, changeOrigin: false } } },
});
