import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { notify } from '../notifications/notify.ts'
import type { Facts } from '../notifications/render.ts'
import type { TemplateName } from '../notifications/templates.ts'
import { kindOf } from './rules.ts'

type Asked = { id: string; dossier_id: string; unit_id: string; person_id: string | null; kind: string }

/** Whoever is asked, and the heads of the unit, who answer for it. `key` names the occasion: a repeat does nothing. */
export async function tellAccountable(
  tx: Tx,
  asked: Asked,
  key: string,
  template: TemplateName,
  data: Facts,
): Promise<void> {
  const heads = await tx.sql<{ person_id: string }>(
    `select distinct po.person_id from post po join person p on p.id = po.person_id and p.active
      where po.unit_id = $1 and po.role in ('unit-head', 'one-stop-head', 'leader') and valid_on(po.valid_from, po.valid_to, $2)`,
    [asked.unit_id, legalDay(tx.at)],
  )
  const people = new Set(heads.map(({ person_id }) => person_id))
  if (asked.person_id) people.add(asked.person_id)
  for (const personId of people)
    await notify(tx, {
      key: `${key}/${personId}`,
      dossierId: asked.dossier_id,
      personId,
      template,
      data: { finding: kindOf(asked.kind).name, ...data },
    })
}

/** The auditor who asked. */
export const tellAsker = (
  tx: Tx,
  asked: { dossier_id: string; asked_by: string; kind: string },
  key: string,
  template: TemplateName,
  data: Facts,
): Promise<boolean> =>
  notify(tx, {
    key,
    dossierId: asked.dossier_id,
    personId: asked.asked_by,
    template,
    data: { finding: kindOf(asked.kind).name, ...data },
  })
