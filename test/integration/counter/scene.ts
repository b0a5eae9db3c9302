import { personId } from '../../../src/agencies/load.ts'
import type { Dossier } from '../../../src/dossiers/entity.ts'
import { fileExample } from '../dossiers/filing.ts'
import type { Scene } from '../dossiers/scene.ts'

export const applicant = { fullName: 'Phạm Thị Giấy', identityNo: '000000000009' }
export const consent = { how: 'spoken', by: 'applicant' } as const
/** What the house example hands in, all of it scanned and kept unless said otherwise. */
export const checks = (changes: Record<string, object> = {}) =>
  ['application', 'land', 'drawings'].map((paperKey) => ({
    paperKey,
    state: 'scanned',
    pages: 2,
    kept: true,
    ...changes[paperKey],
  }))

/** A clerk of X01 files the house example on paper. */
export const fileOnPaper = (scene: Scene, changes: Record<string, unknown> = {}): Promise<Dossier> =>
  scene.as('motcua.x01', (tx) =>
    fileExample(tx, scene.services, 'house', {
      channel: 'DIRECT',
      applicant,
      counter: { consent, checks: checks() },
      ...changes,
    }),
  )

/** Filed on paper at 09:00 and received by the clerk at 09:10; the unit's head has it on the list. */
export async function receivedOnPaper(scene: Scene, changes: Record<string, unknown> = {}): Promise<Dossier> {
  const dossier = await fileOnPaper(scene, changes)
  await scene.does('motcua.x01', dossier.id, 'Receive', 'received')
  await scene.opens(dossier.id, 'Assign')
  return dossier
}

/** The accountable line: unit, step and beginning of each interval. */
export const lineOf = async (scene: Scene, dossierId: string) =>
  (
    await scene.sql<{
      code: string
      element_id: string
      step: string
      from_at: Date
      person_id: string | null
      on_behalf: string
    }>(
      `select u.code, h.element_id, h.step_name->>'vi' as step, h.from_at, h.person_id, h.on_behalf
         from holding h join unit u on u.id = h.unit_id where h.dossier_id = $1 and h.track = 'accountable' order by h.seq`,
      [dossierId],
    )
  ).map((row) => ({ ...row, mine: row.person_id === personId('motcua.x01') }))

export const unitId = async (scene: Scene, code: string) =>
  (await scene.sql<{ id: string }>('select id from unit where code = $1', [code]))[0]!.id
