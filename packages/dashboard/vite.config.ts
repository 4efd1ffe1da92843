import { fileURLToPath } from 'node:url';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { compressFiles } from './compress-files.ts';
import { flags } from './flags.ts';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), tailwind(), flags(), compressFiles()],
  // Packages of this repository from their source, without a build.
  resolve: { conditions: ['@talkturo/source', ...defaultClientConditions] },
  // The server puts a fresh nonce in its place with each answer: packages/server/src/http/dashboard.ts.
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: process.env.DASHBOARD_OUT_DIR ?? 'dist',
    emptyOutDir: true,
    // As data: addresses, pictures would travel with the code.
    assetsInlineLimit: 0,
    // Names what belongs to which page, for the check of their sizes.
    manifest: 'manifest.json',
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What every page needs, in one file: it compresses better than in many.
            {
              name: 'base',
              test: /node_modules[\\/](react|react-dom|scheduler|i18next|react-i18next|@tanstack[\\/](react-)?(query|router|history|store)[^\\/]*)[\\/]/,
            },
            // As files of their own, icons are too small to be compressed.
            { name: 'icons', test: /node_modules[\\/]lucide-react[\\/]/ },
          ],
        },
      },
    },
  },
  // While working on it: `npx vite packages/dashboard` beside a running server.
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
