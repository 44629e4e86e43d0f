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
    assetsInlineLimit: 2048,
  },
});
