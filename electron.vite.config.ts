import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

const at = (path: string) => resolve(import.meta.dirname, path)

const languages = readdirSync(at('src/locales'), { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name.split('-')[0])

/** The component library speaks 34 languages. Only those of src/locales are shipped, and Arabic for the pseudo-locale that runs from right to left. */
const ownLanguages: Plugin = {
  name: 'own-languages',
  load: id => {
    const language = /\/react-(?:aria|stately)[^?]*\/intl\/.*\/([a-z]{2})-[A-Z]{2}\.mjs$/.exec(id)?.[1]
    return language === undefined || language === 'ar' || languages.includes(language) ? undefined : 'export default {}'
  },
}

/**
 * Wallet, service and terminal are one build, so that they share their chunks; everything is bundled but `dependencies` of package.json (native
 * modules, and electron-updater for the packaged app). Chunks lie flat beside the entries: what is found by `import.meta.dirname` in the source
 * of an entry is found there too.
 */
export default defineConfig({
  main: {
    // React's quick build: the first screen is drawn here too.
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      outDir: 'out/main',
      target: 'node22',
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          index: at('src/main/index.ts'),
          loopback: at('src/main/loopback.ts'),
          databaseWorker: at('src/storage/sqlite/databaseWorker.ts'),
          redrawWorker: at('src/service/features/identity/redrawWorker.ts'),
          service: at('src/service/index.ts'),
          cli: at('src/cli/index.ts'),
          firstScreen: at('src/renderer/firstScreen.tsx'),
        },
        // Optional speed-ups of ws that are not installed: it does without them.
        external: ['bufferutil', 'utf-8-validate'],
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: { input: { index: at('src/preload/index.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    build: {
      outDir: 'out/renderer',
      minify: true,
      // A file in the page's own bytes would need `data:` in the policy for fonts and scripts.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { index: at('src/renderer/index.html') },
        // What the first screen needs is one file: each further one costs the start of a window some milliseconds.
        output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      },
    },
    plugins: [ownLanguages, react()],
  },
})
