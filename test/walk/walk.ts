import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadConfig } from '../../src/config.ts'
import { DEMO_PASSWORD } from '../../src/people/demo-accounts.ts'
import { openDesk } from './desk.ts'
import { playStory } from './story.ts'

/** npm run walk: plays the story of a dossier through the HTTP API of the running server; exits 1 at the first untruth. */
function serverUrl(dataDir: string): string {
  const given = process.argv[2]
  if (given) return given.replace(/\/$/, '')
  try {
    return (JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as { url: string }).url
  } catch {
    throw new Error('No server is running: start one with npm start in another terminal, then walk again.')
  }
}

try {
  const { dataDir } = loadConfig()
  const letters = join(dataDir, 'walk')
  mkdirSync(letters, { recursive: true })
  const url = serverUrl(dataDir)
  console.log(`Walking through ${url}`)
  const steps = await playStory({
    url,
    desk: openDesk(url, DEMO_PASSWORD),
    letters,
    samples: fileURLToPath(new URL('.', import.meta.url)),
    say: (line) => console.log(line),
  })
  console.log(`${steps} steps, every date as computed. Letters: ${letters}`)
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
