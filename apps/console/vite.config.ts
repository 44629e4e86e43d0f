import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The first view is budgeted at 20 requests, and each preload of a tiny chunk would be one of them.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What several pages share is one file for libraries and one for our own code; a page's own code stays with the page.
            { name: 'vendor', test: /node_modules/, minShareCount: 2 },
            { name: 'shared', test: /apps\/console\/src/, minShareCount: 2 },
          ],
        },
      },
    },
  },
});
