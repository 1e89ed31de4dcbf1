import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { layout } from './layout.ts';

const name = 'virtual:layout';

/** Builds the offline explorer: one HTML file with everything in it. The diagram is laid out here, not in the browser. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../dist',
    emptyOutDir: false,
    target: 'es2022',
    rolldownOptions: { input: `${import.meta.dirname}/explorer.html`, checks: { pluginTimings: false } },
  },
  plugins: [
    {
      name: 'layout',
      resolveId: (id) => (id === name ? `\0${name}` : null),
      load: async (id) => (id === `\0${name}` ? `export default ${JSON.stringify(await layout())}` : null),
    },
    viteSingleFile({ removeViteModuleLoader: true }),
  ],
});
