import { v7 as uuid } from 'uuid'
import { systemActor } from '../../../src/access/actor.ts'
import { asSystem } from '../../../src/access/filter.ts'
import { agencyId, loadOrganisation, personId, unitId } from '../../../src/agencies/load.ts'
import { loadShippedDays } from '../../../src/calendar/load.ts'
import { atLegal } from '../../../src/clock.ts'
import type { Sql, Tx } from '../../../src/database/transaction.ts'
import {
  finishDossierClock,
  reappoint,
  resumeDossierClock,
  startDossierClock,
  stopDossierClock,
} from '../../../src/deadlines/clocks.ts'
import type { LedgerAct } from '../../../src/deadlines/entity.ts'
import { beginLine, changePerson, endLine, fillStep, passOn } from '../../../src/deadlines/ledger.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { createTestDatabase } from '../../support/database.ts'

const hours = (value: number) => ({ value, unit: 'working-hour' })
const step = (vi: string, form: string) => ({ name: { vi, en: form }, form, outcomes: {} })

/** Five working days with a day and three hours to spare beside the steps; reception's four hours are its own. */
const definition = {
  code: '1.013225',
  name: { vi: 'Cấp giấy phép xây dựng', en: 'Building permit' },
  decision: {
    number: '01/QĐ-UBND',
    date: '2026-01-05',
    signer: 'Chủ tịch UBND tỉnh mẫu',
    sample: true,
    verified: false,
  },
  cases: [
    { key: 'house', name: { vi: 'Nhà ở', en: 'House' }, when: null },
    { key: 'seven', name: { vi: 'Bảy ngày', en: 'Seven days' }, when: null },
    { key: 'three', name: { vi: 'Ba ngày', en: 'Three days' }, when: null },
    { key: 'same-day', name: { vi: 'Trong ngày', en: 'The same day' }, when: null },
  ],
  limits: [
    {
      case: 'house',
      legal: { value: 7, unit: 'working-day' },
      committed: { value: 5, unit: 'working-day', decision: '02/QĐ-UBND' },
    },
    {
      case: 'seven',
      legal: { value: 7, unit: 'working-day' },
      committed: { value: 7, unit: 'working-day', decision: null },
    },
    ...[
      { case: 'three', value: 3, unit: 'working-day' },
      { case: 'same-day', value: 1, unit: 'same-day' },
    ].map(({ case: key, ...limit }) => ({
      case: key,
      legal: limit,
      committed: { ...limit, decision: null },
    })),
  ],
  clockMode: {
    mode: 'RESTART',
    basis: { text: 'tính lại từ đầu', source: 'NĐ 61/2018/NĐ-CP Điều 19 khoản 4', verified: true },
  },
  consultation: { basis: { text: 'Trả lời trong 12 ngày', source: 'cổng', verified: false } },
  allotments: {
    house: { Receive: hours(4), Appraise: hours(24), Sign: hours(4), Number: hours(1) },
    seven: { Receive: hours(4), Appraise: hours(24), Sign: hours(4), Number: hours(1) },
    three: { Appraise: hours(8) },
    'same-day': { Appraise: hours(1) },
  },
  steps: {
    Receive: step('Tiếp nhận hồ sơ', 'reception'),
    Appraise: step('Thẩm định hồ sơ', 'appraise'),
    Sign: step('Ký kết quả', 'result-sign'),
    Number: step('Lấy số, đóng dấu', 'result-number'),
    Return: step('Trả kết quả', 'result-return'),
  },
  waits: {},
}
const MINUTES: Record<string, number> = { Receive: 240, Appraise: 1440, Sign: 240, Number: 60 }

/** '2026-11-02 09:10' on the legal wall clock. */
export const at = (text: string): Date => atLegal(text.slice(0, 10), text.slice(11))

const act = (text: string, by: string | null): LedgerAct => ({
  act: text,
  personId: by,
  text: { vi: text, en: text },
})

export type Scene = Awaited<ReturnType<typeof setScene>>

/** The fictitious province, the decided days of 2021–2026, one procedure, and dossiers that are played act by act. */
export async function setScene() {
  const test = await createTestDatabase()
  const system = systemActor('scene')
  const version = uuid()
  const doing = <T>(when: string, work: (tx: Tx) => Promise<T>): Promise<T> => {
    test.clock.set(at(when))
    return test.db.transact(system, (tx) => work({ ...tx, em: asSystem(tx.em, 'scene') }))
  }
  const sql: Sql = (text, params) => test.db.transact(system, (tx) => tx.sql(text, params))
  await doing('2026-11-02 07:30', async (tx) => {
    await loadOrganisation(tx)
    await loadDemoAccounts(tx)
    await loadShippedDays(tx)
    await tx.sql(
      `insert into procedure_version (id, code, version, process_id, decision_id, folder, sha256, definition, eform, bpmn, dmn,
                                      search_text, sample, current)
       values ($1, '1.013225', 1, $2, 'r', 'test', $2, $3, '{}', '', '', '', true, true)`,
      [version, `p${version}`, definition],
    )
  })

  /** A dossier filed with the one-stop of a commune, and the acts that move it. */
  async function file(code: string, when: string, commune = 'X01', applicant = 'congdan', caseKey = 'house') {
    const id = uuid()
    const agency = `T00.${commune}`
    const place = commune.toLowerCase()
    const held = (unit: string, login: string | null) => ({
      agencyId: agencyId(agency),
      unitId: unitId(`${agency}.${unit}`),
      personId: login && personId(`${login}.${place}`),
    })
    const stepOf = (element: string, name: { vi: string; en?: string }, taskId: string | null = null) => ({
      elementId: element,
      stepName: name,
      taskId,
      allottedMinutes: MINUTES[element] ?? null,
    })
    const nameOf = (element: string) =>
      definition.steps[element as keyof typeof definition.steps]?.name ?? { vi: element, en: element }
    await doing(when, async (tx) => {
      await tx.sql(
        `insert into dossier (id, code, procedure_version_id, procedure_code, case_key, channel, agency_id,
                              deciding_agency_id, one_stop_unit_id,
                              unit_id, participant_agency_ids, applicant_id, filed_by, place, form_data, state, filed_at)
         values ($1, $2, $3, '1.013225', $10, 'ONLINE', $4, $4, $5, $6, '{}', $7, $7, $8, '{}', 'filed', $9)`,
        [
          id,
          code,
          version,
          agencyId(agency),
          unitId(`${agency}.MC`),
          unitId(`${agency}.KT`),
          personId(applicant),
          agency,
          tx.at,
          caseKey,
        ],
      )
      await beginLine(
        tx.sql,
        id,
        held('MC', 'motcua'),
        stepOf('Receive', nameOf('Receive')),
        tx.at,
        act('Nộp', null),
      )
      tx.audit({ act: 'dossier.filed', dossierId: id })
    })
    const set = (tx: Tx, assignments: string, ...values: unknown[]) =>
      tx.sql(`update dossier set ${assignments} where id = $1`, [id, ...values])
    const dossier = {
      id,
      code,
      /** Received: the clock starts; the next step is held by the unit until somebody claims it. */
      receive: (when: string) =>
        doing(when, async (tx) => {
          await set(tx, `state = 'processing', received_at = $2`, tx.at)
          await startDossierClock(tx, id, { at: tx.at, by: null })
          await passOn(tx.sql, id, tx.at, act('Tiếp nhận', null))
          tx.audit({ act: 'dossier.received', dossierId: id })
        }),
      /** The engine opened the step that follows the last act. */
      opened: (element: string, unit: string, login: string | null, task: string | null = null) =>
        test.db.transact(system, (tx) =>
          fillStep(tx.sql, id, held(unit, login), stepOf(element, nameOf(element), task)),
        ),
      claim: (when: string, task: string, login: string) =>
        doing(when, (tx) =>
          changePerson(tx.sql, id, task, personId(`${login}.${place}`), tx.at, act('Nhận việc', null)),
        ),
      decide: (when: string, what = 'Quyết định') =>
        doing(when, async (tx) => {
          await passOn(tx.sql, id, tx.at, act(what, null))
          tx.audit({ act: 'task.decided', dossierId: id, detail: { what } })
        }),
      finish: (when: string) =>
        doing(when, async (tx) => {
          await finishDossierClock(tx, id, { at: tx.at, by: null })
          await tx.em.flush()
          await set(tx, `state = 'done', finished_at = $2`, tx.at)
          await passOn(tx.sql, id, tx.at, act('Có kết quả', null))
        }),
      handOver: (when: string) =>
        doing(when, async (tx) => {
          await set(tx, `state = 'returned', returned_at = $2`, tx.at)
          await endLine(tx.sql, id, tx.at, act('Trả kết quả', null))
        }),
      /** Form 02 is sent: the clock stands still and the applicant holds the dossier. */
      ask: (when: string) =>
        doing(when, async (tx) => {
          await stopDossierClock(tx, id, { at: tx.at, by: null, document: { number: '12/PBS' } })
          await tx.em.flush()
          await set(tx, `state = 'waiting-supplement'`)
          await passOn(tx.sql, id, tx.at, act('Gửi phiếu bổ sung', null))
          await fillStep(
            tx.sql,
            id,
            { ...held('KT', null), onBehalf: 'applicant' },
            stepOf('AwaitSupplement', { vi: 'Chờ bổ sung' }),
          )
        }),
      complete: (when: string) =>
        doing(when, async (tx) => {
          await resumeDossierClock(tx, id, { at: tx.at, by: null })
          await tx.em.flush()
          await set(tx, `state = 'processing'`)
          await passOn(tx.sql, id, tx.at, act('Nhận bổ sung', null))
        }),
      end: (when: string, state: string) =>
        doing(when, async (tx) => {
          await set(tx, 'state = $2, finished_at = $3', state, tx.at)
          await endLine(tx.sql, id, tx.at, act(state, null))
        }),
      /** An apology delivered, with its one new date. */
      apologise: (when: string, number: string, newDue: string, reason: string) =>
        doing(when, async (tx) => {
          await tx.sql(
            `insert into letter (id, dossier_id, kind, template, state, agency_id, form, data, reason, new_due_at, number_text,
                                 drafted_at, signed_by, signed_at, issued_at, delivered_at)
             values ($1, $2, 'apology', 'apology', 'delivered', $3, '{"title": "Phiếu xin lỗi", "number": "04"}', '{}', $4,
                     $5, $6, $7, $8, $7, $7, $7)`,
            [uuid(), id, agencyId(agency), reason, at(newDue), number, tx.at, personId(`chutich.${place}`)],
          )
          await reappoint(tx, id, at(newDue), { at: tx.at, by: null })
        }),
    }
    return dossier
  }

  /**
   * Received Mon 2/11 09:10, due Mon 9/11 17:00: claimed Tue 09:30, appraised until Wed 11/11 09:30, signed by 10:30,
   * numbered and finished at 10:40, returned on Thu 12/11. Late by Tue and 07:30–10:40 of Wed: 670 working minutes.
   */
  async function playLate(code: string, commune = 'X01', applicant = 'congdan') {
    const task = uuid()
    const dossier = await file(code, '2026-11-02 08:00', commune, applicant)
    await dossier.receive('2026-11-02 09:10')
    await dossier.opened('Appraise', 'KT', null, task)
    await dossier.claim('2026-11-03 09:30', task, 'chuyenvien')
    await dossier.decide('2026-11-11 09:30', 'Thẩm định xong')
    await dossier.opened('Sign', 'LD', 'chutich')
    await dossier.decide('2026-11-11 10:30', 'Đã ký')
    await dossier.opened('Number', 'VT', 'vanthu')
    await dossier.finish('2026-11-11 10:40')
    await dossier.opened('Return', 'MC', 'motcua')
    await dossier.handOver('2026-11-12 09:00')
    return dossier
  }

  /**
   * Seven working days from Mon 1/6 09:10, due Wed 10/6 17:00; asked for papers on Fri 12/6 10:30 only, late by 660 working
   * minutes; complete on Mon 15/6, counted anew until Wed 24/6, finished on Fri 19/6: late, whatever the second date says.
   */
  async function playAskedLate(code: string, commune = 'X01') {
    const dossier = await file(code, '2026-06-01 08:00', commune, 'congdan', 'seven')
    await dossier.receive('2026-06-01 09:10')
    await dossier.opened('Appraise', 'KT', 'chuyenvien')
    await dossier.ask('2026-06-12 10:30')
    return {
      ...dossier,
      goOn: async () => {
        await dossier.complete('2026-06-15 09:00')
        await dossier.opened('Appraise', 'KT', 'chuyenvien')
        await dossier.finish('2026-06-19 10:00')
      },
    }
  }

  return {
    playAskedLate,
    test,
    db: test.db,
    clock: test.clock,
    sql,
    doing,
    file,
    playLate,
    version,
    close: () => test.close(),
  }
}
