/** The commands of `npx mot-cua`, called by mot-cua.js under the pinned Node. */
import { commands } from './commands.ts'
import { dispatch } from './dispatch.ts'

// A reader that has seen enough (`| head`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await dispatch(
  commands,
  process.argv.slice(2),
  (text) => process.stdout.write(text),
  (text) => process.stderr.write(text),
)
