import { v7 as uuid } from 'uuid'
import { systemActor } from '../../../src/access/actor.ts'
import { asSystem } from '../../../src/access/filter.ts'
import { agencyId, personId, unitId } from '../../../src/agencies/load.ts'
import type { Tx } from '../../../src/database/transaction.ts'
import {
  countAgain,
  excludeFromClock,
  finishDossierClock,
  resumeDossierClock,
  startDossierClock,
  stopDossierClock,
} from '../../../src/deadlines/clocks.ts'
import type { LedgerAct } from '../../../src/deadlines/entity.ts'
import {
  beginLine,
  beginSide,
  changePerson,
  endLine,
  endSide,
  fillStep,
  type HeldStep,
  moveHolder,
  passOn,
} from '../../../src/deadlines/ledger.ts'
import { type Element, type Happened, STEPS } from '../../unit/deadlines/histories.ts'
import type { Scene } from '../reports/scene.ts'

const AGENCY = 'T00.X01'
const basis = { text: 'văn bản thử', source: 'test', verified: false }
const definition = {
  code: '9.000001',
  name: { vi: 'Thủ tục thử' },
  decision: { number: '01', date: '2025-01-01', signer: 'test', sample: true, verified: false },
  cases: [{ key: 'one', name: { vi: 'Thử' }, when: null }],
  limits: [
    {
      case: 'one',
      legal: { value: 7, unit: 'working-day' },
      committed: { value: 7, unit: 'working-day', decision: null },
    },
  ],
  clockMode: { mode: 'RESTART', basis },
  allotments: {
    one: Object.fromEntries(
      Object.entries(STEPS).flatMap(([step, { minutes }]) =>
        minutes === null ? [] : [[step, { value: minutes / 60, unit: 'working-hour' }]],
      ),
    ),
  },
  steps: Object.fromEntries(
    Object.keys(STEPS).map((step) => [
      step,
      { name: { vi: step }, form: step === 'Receive' ? 'reception' : 'appraise', outcomes: {} },
    ]),
  ),
  waits: {
    AwaitSupplement: {
      name: { vi: 'Chờ bổ sung' },
      type: 'await.supplement',
      holder: 'applicant',
      outcomes: ['submitted', 'expired'],
    },
  },
}

/** A procedure of the made-up steps, and its dossiers, whose lives are played through the functions that keep the ledger. */
export async function openWorld(scene: Scene) {
  const version = uuid()
  await scene.sql(
    `insert into procedure_version (id, code, version, process_id, decision_id, folder, sha256, definition, eform, bpmn, dmn,
                                    search_text, sample, current)
     values ($1, '9.000001', 1, $2, 'r', 'test', $2, $3, '{}', '', '', '', true, true)`,
    [version, `p${version}`, definition],
  )
  // The lives begin in 2025, the province's posts with its new communes.
  await scene.sql(`update post set valid_from = '2020-01-01'`)
  const doing = <T>(when: Date, work: (tx: Tx) => Promise<T>): Promise<T> => {
    scene.clock.set(when)
    return scene.db.transact(systemActor('test'), (tx) => work({ ...tx, em: asSystem(tx.em, 'test') }))
  }
  return {
    async live(history: Happened[]): Promise<string> {
      const life = { id: uuid(), task: uuid(), bodies: new Map<number, string>() }
      let last = new Date(0)
      for (const one of history) {
        if ('at' in one) last = one.at
        await doing(last, (tx) => happen(tx, life, one, version))
      }
      return life.id
    },
  }
}

type Life = { id: string; task: string; bodies: Map<number, string> }

const by = (act: string): LedgerAct => ({ act, personId: null, text: { vi: act } })
const who = (login: string | null) => (login === null ? null : personId(`${login}.x01`))
const holder = (unit: string, login: string | null) => ({
  agencyId: agencyId(AGENCY),
  unitId: unitId(`${AGENCY}.${unit}`),
  personId: who(login),
})
const step = (elementId: string, taskId: string | null, allottedMinutes: number | null): HeldStep => ({
  elementId,
  stepName: { vi: elementId || 'Đang chuyển bước' },
  taskId,
  allottedMinutes,
})
const stepOf = (element: Element, task: string) => step(element, task, STEPS[element].minutes)

async function happen(tx: Tx, life: Life, one: Happened, version: string): Promise<void> {
  const { id } = life
  const clockAct = { at: tx.at, by: null }
  const set = (assignments: string, ...values: unknown[]) =>
    tx.sql(`update dossier set ${assignments} where id = $1`, [id, ...values])
  const passes = async () => {
    await tx.em.flush()
    await passOn(tx.sql, id, tx.at, by(one.kind))
  }
  switch (one.kind) {
    case 'filed':
      await tx.sql(
        `insert into dossier (id, code, procedure_version_id, procedure_code, case_key, channel, agency_id, deciding_agency_id,
                              one_stop_unit_id, unit_id, participant_agency_ids, applicant_id, filed_by, place, form_data, state, filed_at)
         values ($1::uuid, $1::text, $2, '9.000001', 'one', 'ONLINE', $3, $3, $4, $5, '{}', $6, $6, $7, '{}', 'filed', $8)`,
        [
          id,
          version,
          agencyId(AGENCY),
          unitId(`${AGENCY}.MC`),
          unitId(`${AGENCY}.KT`),
          personId('congdan'),
          AGENCY,
          tx.at,
        ],
      )
      await beginLine(tx.sql, id, holder('MC', null), step('', null, null), tx.at, by('filed'))
      break
    case 'opened': {
      life.task = uuid()
      const { unit } = STEPS[one.element]
      await fillStep(tx.sql, id, holder(unit, one.person), stepOf(one.element, life.task))
      return
    }
    case 'received':
      await set(`state = 'processing', received_at = $2`, tx.at)
      await startDossierClock(tx, id, clockAct)
      await passes()
      break
    case 'passed':
      await passes()
      break
    case 'changed':
      await changePerson(tx.sql, id, life.task, who(one.person), tx.at, by('changed'))
      break
    case 'refused':
      await moveHolder(
        tx.sql,
        id,
        holder('MC', 'motcua'),
        step('Receive', life.task, null),
        tx.at,
        by('handover.refused'),
      )
      break
    case 'asked':
      await stopDossierClock(tx, id, clockAct)
      await passes()
      await fillStep(
        tx.sql,
        id,
        { ...holder('KT', null), onBehalf: 'applicant' },
        step('AwaitSupplement', null, null),
      )
      break
    case 'submitted':
      await passes()
      await fillStep(tx.sql, id, holder('MC', null), step('TakeSupplement', null, null))
      break
    case 'completed':
      await resumeDossierClock(tx, id, clockAct)
      await passes()
      break
    case 'excluded':
      await excludeFromClock(tx, id, clockAct)
      break
    case 'resumed':
      await countAgain(tx, id, clockAct, basis.text)
      break
    case 'consulted':
      await consulted(tx, life, one.body)
      break
    case 'answered': {
      const body = life.bodies.get(one.body) ?? ''
      await tx.sql(`update consultation set outcome = 'agreed', answered_at = $2 where id = $1`, [
        body,
        tx.at,
      ])
      await endSide(tx.sql, body, tx.at, by('answered'))
      break
    }
    case 'finished':
      await finishDossierClock(tx, id, clockAct)
      await tx.em.flush()
      await set(`state = 'done', finished_at = $2`, tx.at)
      await passes()
      break
    case 'ended':
      await finishDossierClock(tx, id, clockAct)
      await tx.em.flush()
      await set(
        'state = $2, finished_at = coalesce(finished_at, $3), returned_at = $4',
        one.state,
        tx.at,
        one.state === 'returned' ? tx.at : null,
      )
      await endLine(tx.sql, id, tx.at, by('ended'))
      for (const body of life.bodies.values()) await endSide(tx.sql, body, tx.at, by('ended'))
  }
  tx.audit({ act: `test.${one.kind}`, dossierId: id })
}

async function consulted(tx: Tx, life: Life, body: number): Promise<void> {
  const subject = uuid()
  life.bodies.set(body, subject)
  const asked = { agencyId: agencyId('T00.S02'), unitId: unitId('T00.S02.CM'), personId: null }
  await tx.sql(
    `insert into consultation (id, dossier_id, batch, agency_id, unit_id, question, asked_by, drafted_at, sent_at, on_silence, silence_basis)
     values ($1, $2, $3, $4, $5, 'Ý kiến?', $6, $7, $7, 'REPORT', '{}')`,
    [subject, life.id, body + 1, asked.agencyId, asked.unitId, personId('chuyenvien.x01'), tx.at],
  )
  await beginSide(tx.sql, life.id, subject, asked, step('Answer', null, 2400), tx.at, by('consulted'))
}
