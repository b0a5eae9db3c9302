import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'

/** A helper for tests that @rjsf/core exports asks for another validator, which makes scripts at run time; it gets ours. */
const ourValidator = fileURLToPath(new URL('./src/shared/eform/validator.ts', import.meta.url))

/** Builds to ui/dist. In development /api goes to the port in MOTCUA_API (8080 when it is not set). */
export default defineConfig(({ mode }) => {
  const port = loadEnv(mode, '.', 'MOTCUA_').MOTCUA_API ?? '8080'
  return {
    plugins: [react()],
    resolve: { alias: { '@rjsf/validator-ajv8': ourValidator } },
    // The worker loads its rules when it first checks.
    worker: { format: 'es' },
    build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 700 },
    server: { proxy: { '/api': `http://127.0.0.1:${port}`, '/health': `http://127.0.0.1:${port}` } },
  }
})
