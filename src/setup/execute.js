import { spawn } from 'node:child_process'

/**
 * Runs a program to its end; what it prints is shown only when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options] `env` is added to ours
 * @returns {Promise<void>}
 */
export function execute(command, args, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let printed = ''
    const keep = (data) => {
      printed = (printed + data).slice(-6000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) resolve()
      else
        reject(
          new Error(
            `${[command, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}:\n${printed}`,
          ),
        )
    })
  })
}
