import type { VersionBefore } from '../../procedures/versions-before.ts'

/** A stretch of a dossier's life under one version; `until` null: to its end. */
export type Reign = {
  versionId: string
  from: Date | null
  until: Date | null
  /** Steps of the version before that go on here under another id. */
  mapping: { from: string; to: string }[]
}

/** The versions that a dossier ran under, in order; most keep the one they were filed under. */
export function reignsOf(before: readonly VersionBefore[], now: string): Reign[] {
  const ends = before.map(({ versionId, until }) => ({ versionId, until: until as Date | null }))
  return [...ends, { versionId: now, until: null }].map(({ versionId, until }, n) => {
    const last = before[n - 1]
    return { versionId, from: last?.until ?? null, until, mapping: last?.mapping ?? [] }
  })
}

/** The stretch in which something began. */
export const reignAt = (reigns: readonly Reign[], at: Date): Reign =>
  reigns.find(({ until }) => until === null || at < until)!
