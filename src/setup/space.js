import { statfsSync, statSync } from 'node:fs'
import { missing } from './missing.js'
import { packagesMatch } from './packages.js'
import { cacheFolder, root } from './places.js'
import { megabytes } from './progress.js'
import { isUnpacked } from './zeebe.js'

/** Measured: node_modules 900 MB; Zeebe's archive twice (in Maven's store and beside the cache) 425 MB, unpacked 240 MB. */
const needs = { packages: 1100e6, zeebe: 700e6 }

/** @throws when what is still to be installed would not fit. */
export function requireSpace({ embedded }, free = freeBytes) {
  const wanted = []
  if (!packagesMatch()) wanted.push({ folder: root, bytes: needs.packages })
  if (embedded && !isUnpacked()) wanted.push({ folder: cacheFolder(), bytes: needs.zeebe })
  for (const { folder } of wanted) {
    const sameDisk = wanted.filter((other) => statSync(other.folder).dev === statSync(folder).dev)
    const needed = sameDisk.reduce((sum, { bytes }) => sum + bytes, 0)
    if (free(folder) < needed) {
      throw missing(
        `Not enough disk space in ${folder}: ${megabytes(needed)} are needed and ${megabytes(free(folder))} are free; free some, then run this again.`,
      )
    }
  }
}

function freeBytes(folder) {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
