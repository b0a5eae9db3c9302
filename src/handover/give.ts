import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import type { Tx } from '../database/transaction.ts'
import { heldTask } from '../deadlines/held-task.ts'
import { moveHolder } from '../deadlines/ledger.ts'
import { invalid } from '../http/invalid.ts'
import { forbidden } from '../http/problem.ts'
import { officeShort } from '../letters/compose.ts'
import { formatNumber } from '../letters/number.ts'
import { drawNumber } from '../letters/series.ts'
import { handOverDueAt, type ReadyRow, readyOf } from './read-model.ts'
import type { GiveHandover } from './schemas.ts'

type Input = z.output<typeof GiveHandover>

/**
 * The giver signs the minutes (biên bản bàn giao) of a batch. Papers stay the giver's until the receiver signs; what is
 * electronic is the receiver's from this minute (rules 10). 422 names each dossier that does not wait to go there.
 */
export async function giveHandover(tx: Tx, input: Input): Promise<{ id: string; number: string }> {
  const by = tx.actor.personId
  const sides = { giverUnitId: input.giverUnitId, receiverUnitId: input.receiverUnitId }
  if (!by || !allows(tx.actor.ability, 'create', 'Handover', sides)) throw forbidden()
  const ids = [...new Set(input.dossierIds)]
  // In one order, so that two batches with the same dossier wait for each other and the second sees the first.
  await tx.sql('select id from dossier where id = any($1) order by id for update', [ids])
  const ready = new Map(
    (await readyOf(tx, ids))
      .filter(
        (row) => row.giver_unit_id === input.giverUnitId && row.receiver_unit_id === input.receiverUnitId,
      )
      .map((row) => [row.id, row]),
  )
  await refuseOthers(tx, ids, ready)
  const agencies = await unitsOf(tx, [input.giverUnitId, input.receiverUnitId])
  const giver = agencies.get(input.giverUnitId)
  const receiver = agencies.get(input.receiverUnitId)
  if (!giver || !receiver) throw forbidden()
  const id = uuid()
  const number = await nextNumber(tx, giver)
  await tx.sql(
    `insert into handover (id, giver_agency_id, giver_unit_id, receiver_agency_id, receiver_unit_id, number_text, given_by,
                           given_at, note, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'given')`,
    [
      id,
      giver.agency_id,
      giver.id,
      receiver.agency_id,
      receiver.id,
      number,
      by,
      tx.at,
      input.note.normalize('NFC'),
    ],
  )
  for (const [position, dossierId] of ids.entries()) {
    const row = ready.get(dossierId)
    if (row) await addItem(tx, id, position, row)
  }
  tx.audit({ act: 'handover.given', detail: { handover: id, number, dossiers: ids } })
  tx.notify('live', { type: 'dossier', ids })
  return { id, number }
}

async function addItem(tx: Tx, handoverId: string, position: number, row: ReadyRow): Promise<void> {
  await tx.sql(
    `insert into handover_item (handover_id, dossier_id, position, medium, pages, due_at, state)
     values ($1, $2, $3, $4, $5, $6, 'given')`,
    [handoverId, row.id, position, row.medium, row.pages, await handOverDueAt(tx, row)],
  )
  if (row.medium === 'electronic') await toReceiver(tx, row.id, row.receiver_unit_id, 'Chuyển điện tử')
}

/** The live task of the receiving unit is held by that unit from now on. */
export async function toReceiver(tx: Tx, dossierId: string, unitId: string, words: string): Promise<void> {
  const [live] = await tx.sql<{ id: string }>(
    `select id from task where dossier_id = $1 and subject_kind = 'dossier' and unit_id = $2 and state in ('open', 'deciding')
      order by opened_at desc limit 1`,
    [dossierId, unitId],
  )
  const task = live && (await heldTask(tx.sql, live.id))
  if (!task) return
  await moveHolder(tx.sql, dossierId, task.holder, task.step, tx.at, {
    act: 'handover',
    personId: tx.actor.personId,
    text: { vi: words, en: 'Handed over' },
  })
}

async function refuseOthers(tx: Tx, ids: string[], ready: ReadonlyMap<string, unknown>): Promise<void> {
  const others = ids.filter((id) => !ready.has(id))
  if (others.length === 0) return
  const rows = await tx.sql<{ id: string; code: string; number_text: string | null }>(
    `select d.id, d.code, h.number_text from dossier d
       left join handover_item i on i.dossier_id = d.id and i.state = 'given' left join handover h on h.id = i.handover_id
      where d.id = any($1)`,
    [others],
  )
  throw invalid(
    others.map((id) => {
      const row = rows.find((one) => one.id === id)
      const code = row?.code ?? id
      return {
        field: `dossierIds.${id}`,
        message: row?.number_text
          ? {
              vi: `Hồ sơ ${code} đang ở biên bản ${row.number_text}, chờ bên nhận ký.`,
              en: `Dossier ${code} stands on minutes ${row.number_text}, which wait for the receiver's signature.`,
            }
          : {
              vi: `Hồ sơ ${code} không chờ bàn giao cho đơn vị này. Tải lại danh sách rồi chọn lại.`,
              en: `Dossier ${code} does not wait to be handed over to this unit. Reload the list and choose again.`,
            },
      }
    }),
  )
}

type Unit = { id: string; code: string; name: string; agency_id: string; kind: string }

async function unitsOf(tx: Tx, ids: string[]): Promise<Map<string, Unit>> {
  const rows = await tx.sql<Unit>(
    `select id, code, name->>'vi' as name, agency_id, kind from unit where id = any($1)`,
    [ids],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** The next number of the giving unit's book of the year: "05/BBBG-BPTNTKQ". */
async function nextNumber(tx: Tx, giver: Unit): Promise<string> {
  const { number } = await drawNumber(tx, `${giver.id}/handover`)
  return formatNumber(
    'handover',
    number,
    giver.kind === 'one-stop' ? officeShort(giver.name) : (giver.code.split('.').at(-1) ?? giver.code),
  )
}
