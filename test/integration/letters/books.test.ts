import { jest } from '@jest/globals'
import { agencyId, personId } from '../../../src/agencies/load.ts'
import { atLegal } from '../../../src/clock.ts'
import { drawNumber } from '../../../src/letters/series.ts'
import { templateRoutes } from '../../../src/letters/template-routes.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { registerRoutes } from '../../../src/registers/routes.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { received, type Scene, setScene } from '../dossiers/scene.ts'

jest.setTimeout(120_000)

let scene: Scene
const X01 = agencyId('T00.X01')
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
})
afterAll(() => scene.close())

const app = () => testApp(scene.db, [...registerRoutes(scene.services), ...templateRoutes(scene.services)])

describe('the numbers of a book', () => {
  const book = `${X01}/test/apology`
  /** A draw, and the row that bears the number; `fails` ends the transaction after both, as a crash would. */
  const draw = (fails: boolean) =>
    scene
      .act(async (tx) => {
        const { number } = await drawNumber(tx, book)
        await tx.sql(`insert into stored_file (sha256, size, media_type) values ($1, $2, 'test/number')`, [
          `test ${number}`,
          number,
        ])
        if (fails) throw new Error('the process dies here')
      })
      .catch((error: Error) => {
        if (error.message !== 'the process dies here') throw error
      })

  it('have no gap and no number twice when twenty draw at once and every third dies', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => draw(i % 3 === 0)))
    const rows = await scene.sql<{ number: number }>(
      `select size::int as number from stored_file where media_type = 'test/number' order by 1`,
    )
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 13 }, (_, i) => i + 1))
    const [series] = await scene.sql('select last from letter_series where series = $1', [book])
    expect(series).toEqual({ last: 13 })
  })
})

describe('the books of a year', () => {
  const lock = async (login: string, year: number, agency = X01) =>
    (await loggedIn(app(), login))
      .post('/api/registers/letters/lock')
      .send({ agencyId: agency, year })
      .then(({ status, body }) => ({ status, body }))
  const drawAt = (text: string, series = `${X01}/test/apology`) =>
    scene.act((tx) => drawNumber({ ...tx, at: atLegal(text.slice(0, 10), text.slice(11)) }, series))

  it('are locked by the agency’s head alone, and only when the year is over', async () => {
    expect((await lock('vanthu.x01', 2025)).status).toBe(403)
    expect((await lock('quantri', 2025)).status).toBe(403)
    expect((await lock('phochutich.x01', 2025)).status).toBe(403)
    expect((await lock('chutich.x01', 2025, agencyId('T00.X02'))).status).toBe(403)
    const early = await lock('chutich.x01', 2026)
    expect([early.status, early.body.errors[0].field]).toEqual([422, 'year'])
  })

  it('give no number any more once locked, in no book, not even one that had none; the next year’s do', async () => {
    // 31 December 23:59 in Vietnam is still the old year, and its book is open until the head has locked it.
    expect(await drawAt('2025-12-31 23:59')).toEqual({ year: 2025, number: 1 })
    const locked = await lock('chutich.x01', 2025)
    expect(locked).toMatchObject({ status: 200, body: { books: 1 } })
    await expect(drawAt('2025-12-31 23:59')).rejects.toMatchObject({ status: 409, type: 'book-locked' })
    await expect(drawAt('2025-12-31 23:59', `${X01}/test/permit`)).rejects.toMatchObject({ status: 409 })
    expect(await drawAt('2026-01-01 00:00', `${X01}/test/permit`)).toEqual({ year: 2026, number: 1 })
    expect(await drawAt('2025-12-31 23:59', `${agencyId('T00.X02')}/test/apology`)).toMatchObject({
      number: 1,
    })
    expect((await lock('chutich.x01', 2025)).status).toBe(409)
  })

  it('stand in the trail with the last number of each, and on the page with who locked them', async () => {
    const [entry] = await scene.sql<{ detail: { books: string[] } }>(
      `select line::jsonb->'detail' as detail from audit_entry where line::jsonb->>'act' = 'books.locked'`,
    )
    expect(entry?.detail.books).toEqual([`${X01}/test/apology: 1`])
    await received(scene)
    const agent = await loggedIn(app(), 'chutich.x01')
    const { body } = await agent.get(`/api/registers/letters?agencyId=${X01}&year=2025`).expect(200)
    expect(body).toMatchObject({ lock: { lockedBy: expect.any(String) }, lockable: false })
  })

  it('the lock waits for a number that is being drawn, and counts it', async () => {
    const agency = agencyId('T00.X03')
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let drawn: () => void = () => undefined
    const ready = new Promise<void>((resolve) => {
      drawn = resolve
    })
    const drawing = scene.act(async (tx) => {
      await drawNumber({ ...tx, at: atLegal('2025-12-31', '23:59') }, `${agency}/test/apology`)
      drawn()
      await held
    })
    await ready
    const { lockYear } = await import('../../../src/letters/series.ts')
    const locking = scene.act((tx) => lockYear(tx, agency, 2025, personId('chutich.x01')))
    release()
    await drawing
    expect(await locking).toEqual([{ series: `${agency}/test/apology`, last: 1 }])
  })
})

describe('the words of letters', () => {
  const path = '/api/admin/letter-templates/stop'
  const preview = '/api/admin/letter-templates/preview'
  const words = async () => (await (await loggedIn(app(), 'quantri')).get(path)).body
  const write = async (change: object, more: object = {}) => {
    const { shipped, versions, today } = await words()
    const agent = await loggedIn(app(), 'quantri')
    return agent.post('/api/admin/letter-templates').send({
      kind: 'stop',
      parts: { ...shipped, ...change },
      validFrom: today,
      note: 'Sửa câu kết',
      after: versions[0]?.version ?? 0,
      ...more,
    })
  }

  it('refuse a field that nobody knows, one that the form must say taken out, and a part that is not there', async () => {
    const { body, status } = await write({
      opening: '{{agency}} nhận đề nghị của {{applicantName}}, cụ thể:',
      extra: 'x',
    })
    expect(status).toBe(422)
    expect(body.errors).toEqual([
      { field: 'parts.extra', message: expect.stringContaining('extra') },
      { field: 'parts.opening', message: expect.stringContaining('{{applicantName}}') },
      { field: 'parts.opening', message: expect.stringContaining('{{requestedAt}}') },
    ])
  })

  it('leave the law’s own sentences alone: they are neither written nor shown as words to change', async () => {
    const { body, status } = await write({ stopped: '{{agency}} không dừng gì.', constructor: 'x' })
    expect(status).toBe(422)
    expect(body.errors).toEqual([
      { field: 'parts.stopped', message: expect.stringContaining('bắt buộc') },
      { field: 'parts.constructor', message: expect.stringContaining('constructor') },
    ])
    const { shipped, parts } = await words()
    expect(Object.keys(shipped)).toEqual(['opening', 'why', 'closing'])
    expect(parts.filter(({ law }: { law: string | null }) => law)).toEqual([
      expect.objectContaining({ key: 'stopped', law: expect.stringContaining('dừng giải quyết hồ sơ') }),
    ])
  })

  it('are versions that never change; a letter drafted with one keeps its words', async () => {
    expect((await write({ closing: 'Trân trọng thông báo./.' })).body).toEqual({ version: 1 })
    const { wordsInForce } = await import('../../../src/letters/templates.ts')
    const first = await scene.act((tx) => wordsInForce(tx.sql, 'stop', '2026-11-02'))
    expect(first).toMatchObject({ version: 1, wording: { closing: 'Trân trọng thông báo./.' } })
    expect((await write({ closing: 'Khác./.' })).body).toEqual({ version: 2 })
    expect(
      (await words()).versions.map(({ version, parts }: { version: number; parts: { closing: string } }) => [
        version,
        parts.closing,
      ]),
    ).toEqual([
      [2, 'Khác./.'],
      [1, 'Trân trọng thông báo./.'],
    ])
    await expect(scene.sql(`update letter_template set note = 'x'`)).rejects.toThrow('never changes')
  })

  it('of a later day do not hold before it, and nobody writes over what they have not read', async () => {
    expect((await write({ closing: 'Từ năm sau./.' }, { validFrom: '2027-01-01' })).body).toEqual({
      version: 3,
    })
    expect((await words()).version).toBe(2)
    expect((await write({}, { after: 1 })).status).toBe(409)
    expect((await write({}, { validFrom: '2026-11-02' })).status).toBe(422)
  })

  it('are shown with made-up data as PDF, to administrators only', async () => {
    const { shipped } = await words()
    const admin = await loggedIn(app(), 'quantri')
    const drawn = await admin.post(preview).send({ kind: 'stop', parts: shipped })
    expect([drawn.status, drawn.headers['content-type']]).toEqual([200, 'application/pdf'])
    const officer = await loggedIn(app(), 'chuyenvien.x01')
    expect((await officer.post(preview).send({ kind: 'stop', parts: shipped })).status).toBe(403)
  })
})
