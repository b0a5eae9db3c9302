import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { missing } from './missing.js'

/** The clone's folder, without a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** Stamps and unfinished builds of this clone; removing it costs only time. */
export const workFolder = join(root, 'node_modules', '.mot-cua')

/**
 * The folder outside the tree that clones share, made if need be. MOTCUA_CACHE decides; otherwise the user's
 * cache, and where that cannot be written (a service account, a container without a home) a folder per user
 * among the temporary files.
 */
export function cacheFolder(env = process.env) {
  if (env.MOTCUA_CACHE) return made(env.MOTCUA_CACHE)
  const wanted = [env.XDG_CACHE_HOME, join(homedir(), '.cache')]
    .filter(Boolean)
    .map((base) => join(base, 'mot-cua'))
  for (const folder of wanted) {
    try {
      return made(folder)
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'].includes(error.code)) throw error
    }
  }
  const temporary = made(join(tmpdir(), `mot-cua-${userInfo().uid}`))
  // Anybody may make a folder there: what we run must not come from somebody else's.
  if (statSync(temporary).uid !== userInfo().uid)
    throw missing(`${temporary} belongs to somebody else: set MOTCUA_CACHE to a folder of yours.`)
  return temporary
}

function made(folder) {
  mkdirSync(folder, { recursive: true })
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  return folder
}
