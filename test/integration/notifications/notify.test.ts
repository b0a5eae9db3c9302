import { v7 as uuid } from 'uuid'
import { systemActor } from '../../../src/access/actor.ts'
import { tellHolders, tellUnit } from '../../../src/notifications/holders.ts'
import { type Message, notify, notifyApplicant } from '../../../src/notifications/notify.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { type Scene, setScene } from '../documents/scene.ts'

let own: TestDatabase
let scene: Scene
beforeEach(async () => {
  own = await createTestDatabase()
  scene = await setScene(own.db)
})
afterEach(() => own.close())

const write = (message: Partial<Message> = {}) =>
  own.db.transact(systemActor('test'), (tx) =>
    notify(tx, {
      key: 'filed/1',
      dossierId: scene.id.dossier,
      personId: scene.id.citizen,
      template: 'filed',
      ...message,
    }),
  )
const mail = () =>
  scene.sql<{
    person_id: string
    address: string
    subject: string
    body: string
    state: string
    key: string
  }>('select * from notification order by id')

describe('writing a message', () => {
  test('the acknowledgement of a filing names the dossier and the one-stop, and promises no date', async () => {
    expect(await write()).toBe(true)
    const [message] = await mail()
    expect(message).toMatchObject({
      address: 'anh@example.test',
      state: 'queued',
      subject: 'Hồ sơ T00.X01-261102-0001 đã được gửi, đang chờ tiếp nhận',
    })
    expect(message!.body).toMatch(/^Kính gửi ông\/bà Nguyễn Thị Ánh,/)
    expect(message!.body).toContain(
      'thủ tục Cấp giấy phép xây dựng, đã được gửi đến Bộ phận Một cửa xã Mẫu Một lúc T2 02/11/2026 08:00',
    )
    expect(message!.body).toContain('chưa phải Giấy tiếp nhận hồ sơ')
    expect(message!.body).not.toContain('11/11/2026')
    expect(message!.body).toContain('Điện thoại: 0274 000 000')
    expect(message!.body).toContain('Dữ liệu minh họa, không có giá trị pháp lý.')
  })

  test('the receipt gives the due date with its proof', async () => {
    await scene.insert('clock', {
      id: uuid(),
      dossier_id: scene.id.dossier,
      subject_id: scene.id.dossier,
      kind: 'dossier',
      mode: 'RESTART',
      committed: {},
      legal: {},
      started_at: new Date('2026-11-02T02:00:00Z'),
      due_at: new Date('2026-11-11T10:00:00Z'),
      legal_due_at: new Date('2026-11-11T10:00:00Z'),
      proof: {
        sentence: { vi: '7 ngày làm việc sau 02/11, bỏ 2 ngày nghỉ', en: '7 working days' },
        warnings: [{ text: { vi: 'T3 24/11/2026 chưa quyết định', en: 'Tue 24/11/2026 is not decided' } }],
      },
    })
    await write({ template: 'received' })
    expect((await mail())[0]!.body).toContain(
      'Hẹn trả kết quả: T4 11/11/2026 17:00.\nCách tính: 7 ngày làm việc sau 02/11, bỏ 2 ngày nghỉ. T3 24/11/2026 chưa quyết định',
    )
  })

  test('a repeat with the same key does nothing, even with another text', async () => {
    await write()
    expect(await write()).toBe(false)
    expect(await write({ template: 'withdrawn' })).toBe(false)
    expect(await mail()).toHaveLength(1)
    expect(await scene.sql("select from audit_entry where act = 'notification.written'")).toHaveLength(1)
  })

  test('two workers writing one message at once write it once', async () => {
    const results = await Promise.all([write(), write(), write(), write()])
    expect(results.filter(Boolean)).toHaveLength(1)
    expect(await mail()).toHaveLength(1)
  })

  test('an act that fails writes nothing', async () => {
    const failed = own.db.transact(systemActor('test'), async (tx) => {
      await notify(tx, {
        key: 'k',
        dossierId: scene.id.dossier,
        personId: scene.id.citizen,
        template: 'filed',
      })
      throw new Error('the act failed')
    })
    await expect(failed).rejects.toThrow('the act failed')
    expect(await mail()).toEqual([])
  })

  test('an account in English is written to in English', async () => {
    await scene.insert('account', {
      id: uuid(),
      person_id: scene.id.citizen,
      login: 'anh',
      password_hash: 'x',
      locale: 'en',
    })
    await write()
    expect((await mail())[0]!.subject).toBe('Dossier T00.X01-261102-0001 has been filed and awaits reception')
    expect((await mail())[0]!.body).toContain('procedure Building permit, was filed')
  })

  test('a person without an address finds the message in the product', async () => {
    await write({ personId: scene.id.stranger })
    expect(await mail()).toMatchObject([{ person_id: scene.id.stranger, address: '', state: 'shown' }])
  })

  test('the supplement names every missing item with its reason and the last day', async () => {
    await scene.insert('supplement_request', {
      id: uuid(),
      dossier_id: scene.id.dossier,
      round: 1,
      stage: 'notice',
      items: JSON.stringify([
        { paperKey: 'drawings', text: 'Bản vẽ mặt cắt', reason: 'thiếu kích thước', basis: '' },
        { paperKey: 'land', text: 'Giấy chứng nhận', reason: '', basis: '' },
      ]),
      drafted_by: scene.id.officer,
      drafted_at: new Date(),
      wait_until: new Date('2026-11-30T10:00:00Z'),
    })
    await write({ template: 'supplement-requested' })
    expect((await mail())[0]!.body).toContain(
      '- Bản vẽ mặt cắt (thiếu kích thước)\n- Giấy chứng nhận\n\nĐề nghị nộp đủ trong một lần, chậm nhất T2 30/11/2026 17:00.',
    )
  })

  test('the apology repeats the dates and the reason of the letter that was issued, not of a void one', async () => {
    const letter = (state: string, at: string, reason: string) =>
      scene.insert('letter', {
        id: uuid(),
        dossier_id: scene.id.dossier,
        kind: 'apology',
        template: 'apology',
        state,
        agency_id: scene.id.agency,
        form: {},
        data: { dueAt: '2026-11-11T17:00:00+07:00' },
        reason,
        new_due_at: new Date('2026-11-13T10:00:00Z'),
        drafted_at: new Date(at),
      })
    await letter('issued', '2026-11-09T01:00:00Z', 'Chờ ý kiến của cơ quan phối hợp')
    await letter('void', '2026-11-10T01:00:00Z', 'Không còn dùng')
    await write({ template: 'apology' })
    const { subject, body } = (await mail())[0]!
    expect(subject).toBe('Xin lỗi và hẹn lại ngày trả kết quả hồ sơ T00.X01-261102-0001: T6 13/11/2026 17:00')
    expect(body).toContain('không thể có kết quả đúng hẹn (T4 11/11/2026 17:00).')
    expect(body).toContain(
      'Lý do: Chờ ý kiến của cơ quan phối hợp\nNgày trả kết quả mới: T6 13/11/2026 17:00.',
    )
  })

  test('a text that asks for what nobody knows is an error that names it, and nothing is written', async () => {
    await expect(write({ template: 'apology' })).rejects.toThrow('no fact "newDueAt"')
    expect(await mail()).toEqual([])
  })

  test('the applicant and the authorised person who filed are both told, each once', async () => {
    await scene.sql('update dossier set filed_by = $1', [scene.id.stranger])
    for (let time = 0; time < 2; time++)
      await own.db.transact(systemActor('test'), (tx) =>
        notifyApplicant(tx, { key: 'ready/1', dossierId: scene.id.dossier, template: 'result-ready' }),
      )
    expect((await mail()).map((each) => each.person_id).sort()).toEqual(
      [scene.id.citizen, scene.id.stranger].sort(),
    )
  })

  test('when a clerk filed on paper, only the applicant is told', async () => {
    await scene.sql('update dossier set filed_by = $1', [scene.id.clerk])
    await own.db.transact(systemActor('test'), (tx) =>
      notifyApplicant(tx, { key: 'ready/1', dossierId: scene.id.dossier, template: 'result-ready' }),
    )
    expect((await mail()).map((each) => each.person_id)).toEqual([scene.id.citizen])
  })

  test('no name, address or text of a message is in the audit trail', async () => {
    await write()
    const lines = (await scene.sql<{ line: string }>('select line from audit_entry'))
      .map((row) => row.line)
      .join('\n')
    expect(lines).toContain('notification.written')
    for (const secret of ['Ánh', 'anh@example.test', 'Kính gửi']) expect(lines).not.toContain(secret)
  })
})

describe('telling those who answer for a dossier', () => {
  const hold = (personId: string | null, onBehalf = 'holder') =>
    scene.insert('holding', {
      id: uuid(),
      dossier_id: scene.id.dossier,
      track: 'accountable',
      subject_id: scene.id.dossier,
      seq: 1,
      round: 1,
      agency_id: scene.id.agency,
      unit_id: scene.id.specialist,
      person_id: personId,
      on_behalf: onBehalf,
      element_id: 'Appraise',
      step_name: { vi: 'Thẩm định hồ sơ', en: 'Appraise' },
      from_at: new Date(),
      opened_by: {},
    })
  const tell = (template: 'deadline-warning' | 'deadline-breach') =>
    own.db.transact(systemActor('alarm'), (tx) =>
      tellHolders(tx, scene.id.dossier, `key/${template}`, template),
    )
  const told = async () => (await mail()).map((each) => each.address).sort()

  test('a warning goes to the holder and the leader, once', async () => {
    await hold(scene.id.officer)
    await tell('deadline-warning')
    await tell('deadline-warning')
    expect(await told()).toEqual(['chairman@example.test', 'officer@example.test'])
    expect((await mail())[0]!.body).toContain('Bước đang giữ: Thẩm định hồ sơ.')
  })

  test('of work nobody has claimed the head of the unit is told', async () => {
    await hold(null)
    await tell('deadline-breach')
    expect(await told()).toEqual(['chairman@example.test', 'head@example.test'])
  })

  test('who has left a post, or has not begun it, is not told', async () => {
    await hold(null)
    await scene.sql(`update post set valid_to = '2026-11-01' where role = 'unit-head'`)
    await scene.sql(`update post set valid_from = '2026-11-03' where role = 'leader'`)
    await tell('deadline-warning')
    expect(await told()).toEqual([])
  })

  test('who leaves at the end of the month is still told today', async () => {
    await hold(null)
    await scene.sql(`update post set valid_to = '2026-11-30'`)
    await tell('deadline-warning')
    expect(await told()).toEqual(['chairman@example.test', 'head@example.test'])
  })

  test('the head of the one-stop is told which bodies are silent, and not those that answered', async () => {
    const ask = (batch: number, agencyId: string, outcome: string | null) =>
      scene.insert('consultation', {
        id: uuid(),
        dossier_id: scene.id.dossier,
        batch,
        agency_id: agencyId,
        unit_id: scene.id.specialist,
        question: '?',
        asked_by: scene.id.officer,
        drafted_at: new Date(),
        due_at: new Date('2026-10-30T10:00:00Z'),
        on_silence: 'REPORT',
        silence_basis: {},
        outcome,
      })
    await ask(1, scene.id.agency, 'agreed')
    await ask(1, scene.id.otherAgency, null)
    await own.db.transact(systemActor('alarm'), (tx) =>
      tellUnit(tx, scene.id.dossier, scene.id.specialist, 'unit-head', 'silent/1', 'silence-reported'),
    )
    expect(await told()).toEqual(['head@example.test'])
    expect((await mail())[0]!.body).toContain(
      ':\n- Ủy ban nhân dân xã Mẫu Hai, hạn trả lời T6 30/10/2026 17:00\n\nBáo cáo',
    )
  })
})
