import { ApiProblem, api } from '../../app/api.ts'
import { dropDrafts, readDraft, writeDraft } from '../../shared/draft-vault.ts'
import type { Kept, Outside, SaveAnswer } from './draft-store.ts'
import type { DraftView, Theirs } from './types.ts'

const KEEP_AFTER_MS = 150

export const draftPath = (id: string) => `/api/studio/drafts/${id}`
const keptName = (id: string) => `studio.${id}`

export const readKept = (id: string): Kept | undefined => readDraft(keptName(id)) as Kept | undefined

const saveDraft = async (id: string, revision: number, changes: Kept['changes']): Promise<SaveAnswer> => {
  try {
    const answer = await api.put<{ revision: number; updatedAt: string }>(draftPath(id), {
      revision,
      changes,
    })
    return { kind: 'saved', ...answer }
  } catch (problem) {
    if (!(problem instanceof ApiProblem)) throw problem
    if (problem.status === 409 && problem.facts.theirs)
      return { kind: 'stale', theirs: problem.facts.theirs as Theirs }
    if (problem.status === 0 || problem.status === 429 || problem.status >= 500) return { kind: 'away' }
    return { kind: 'refused', problem }
  }
}

/** The server, this browser's disk and its timers, for the store of one draft. */
export const outsideOf = (id: string): Outside => {
  let latest: Kept | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = () => {
    timer = undefined
    // A disk that is full keeps nothing; the save that follows does.
    if (latest) writeDraft(keptName(id), latest).catch(() => undefined)
  }
  return {
    save: (revision, changes) => saveDraft(id, revision, changes),
    keep(kept) {
      latest = kept
      timer ??= setTimeout(write, KEEP_AFTER_MS)
    },
    forget() {
      latest = undefined
      clearTimeout(timer)
      timer = undefined
      dropDrafts(keptName(id))
    },
    now: () => performance.now(),
    later(act, ms) {
      const waiting = setTimeout(act, ms)
      return () => clearTimeout(waiting)
    },
  }
}

/** What somebody saved as that revision. */
export const readRevision = (id: string, revision: number) =>
  api.get<{ source: DraftView['source'] }>(`${draftPath(id)}/revisions/${revision}`)
