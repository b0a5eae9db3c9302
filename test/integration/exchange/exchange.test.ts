import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { jest } from '@jest/globals'
import { pino } from 'pino'
import { asSystem } from '../../../src/access/filter.ts'
import { fileDossier } from '../../../src/dossiers/file.ts'
import { FileDossier } from '../../../src/dossiers/schemas.ts'
import { keepAnswer } from '../../../src/exchange/answer.ts'
import { sendNext } from '../../../src/exchange/sender.ts'
import { startStandIn } from '../../../src/exchange/stand-in.ts'
import type { SystemAddresses } from '../../../src/exchange/systems.ts'
import { exchangeRequest } from '../../../src/exchange/worker.ts'
import type { ExampleCase } from '../../../src/procedures/definition.ts'
import { uploaded } from '../dossiers/filing.ts'
import { at, type Scene, setScene } from '../dossiers/scene.ts'
import { filed } from '../payments/scene.ts'

jest.setTimeout(60_000)

type Asked = { key: string; token: string; body: Record<string, unknown> }
type Reply = { status: number; body: unknown } | 'silence'

let scene: Scene
/** The other system: answers what the test has put there, in order, then for ever the last. */
let replies: Reply[] = []
let asked: Asked[] = []
const server = createServer(async (req, res) => {
  const reply = replies.length > 1 ? replies.shift()! : replies[0]!
  asked.push(await questionOf(req))
  if (reply !== 'silence') res.writeHead(reply.status).end(JSON.stringify(reply.body))
})
const questionOf = async (req: IncomingMessage): Promise<Asked> => ({
  key: String(req.headers['idempotency-key']),
  token: String(req.headers.authorization),
  body: JSON.parse(await text(req)),
})
let systems: SystemAddresses

beforeAll(async () => {
  scene = await setScene()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  systems = { tax: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, token: 'ours' } }
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await scene.close()
})
beforeEach(() => {
  asked = []
  replies = []
  scene.goTo('2026-11-02 09:00')
})

const log = pino({ level: 'silent' })
const send = (timeoutMs = 2000) => sendNext({ db: scene.db, log, systems, timeoutMs })
/** The wait of a question put off is over. */
const due = () => scene.sql(`update exchange set next_at = now() where state = 'queued'`)
const answered = {
  status: 200,
  body: { outcome: 'answered', data: { taxCode: '8012345678', taxOffice: 'Thuế cơ sở mẫu' } },
}
const refused = { status: 422, body: { outcome: 'refused', reason: 'Số định danh không khớp' } }

/** The engine works the task "Gửi thông tin thuế" off: the question is written, nothing is sent. */
async function asks(dossierId: string, visit = 1, elementId = 'RequestTaxCode'): Promise<void> {
  await scene.act((tx) =>
    exchangeRequest.run(tx, {
      key: `job-${dossierId}-${visit}`,
      epoch: 1,
      subjectId: dossierId,
      dossierId,
      elementId,
      visit,
      instanceKey: '1',
      variables: { dossierId },
      headers: {},
      retries: 3,
    }),
  )
}
const row = async (dossierId: string) => {
  const rows = await scene.sql<{
    state: string
    attempts: number
    last_error: string | null
    answer: object
    next: number
  }>(
    `select state, attempts, last_error, answer, extract(epoch from next_at - now())::int as next
       from exchange where dossier_id = $1 order by visit desc limit 1`,
    [dossierId],
  )
  return rows[0]!
}
const wait = (dossierId: string) =>
  scene.sql<{ visit: number; outcome: string }>(
    `select visit, outcome from wait where subject_id = $1 and element_id = 'AwaitTaxCode' order by visit`,
    [dossierId],
  )
async function waiting(): Promise<string> {
  const id = await filed(scene)
  await asks(id)
  await scene.opens(id, 'AwaitTaxCode')
  return id
}

it('asks with the fields that the procedure names, and with the key of the question', async () => {
  const id = await filed(scene)
  replies = [answered]
  await asks(id)
  expect(asked).toEqual([])
  expect(await send()).toBe(true)
  expect(asked).toEqual([
    {
      key: `${id}/RequestTaxCode/1`,
      token: 'Bearer ours',
      body: {
        dossier: expect.stringMatching(/^T00\.X01-/),
        procedure: '1.001612',
        fields: {
          businessName: 'Hộ kinh doanh Hoa Mẫu',
          ownerName: 'Lê Thị Mẫu',
          ownerIdentityNo: '000000000021',
          address: 'Số 5 đường Mẫu, Phường Mẫu',
          lines: 'Bán lẻ hoa tươi, cây cảnh',
          startDate: '2027-03-01',
        },
      },
    },
  ])
  expect(await send()).toBe(false)
})

it('an answer ends the wait of its visit, and the line goes on at that instant', async () => {
  const id = await waiting()
  replies = [answered]
  scene.goTo('2026-11-02 09:30')
  await send()
  expect(await row(id)).toMatchObject({ state: 'answered', attempts: 1, last_error: null })
  expect(await wait(id)).toEqual([{ visit: 1, outcome: 'answered' }])
  const [last] = await scene.sql(
    'select from_at, opened_by from holding where dossier_id = $1 order by seq desc limit 1',
    [id],
  )
  expect(last).toMatchObject({ from_at: at('2026-11-02 09:30'), opened_by: { act: 'exchange.answered' } })
})

it('an answer may come before the engine reaches the wait', async () => {
  const id = await filed(scene)
  replies = [answered]
  await asks(id)
  await send()
  await scene.opens(id, 'AwaitTaxCode')
  expect(await wait(id)).toEqual([{ visit: 1, outcome: 'answered' }])
  const jobs = (await scene.commands(id)).filter((command) => command.kind === 'complete-job')
  expect(jobs).toHaveLength(1)
})

it('a refusal ends the wait as refused; its reason reaches whoever goes on, and no process variable', async () => {
  const id = await waiting()
  replies = [refused]
  await send()
  expect(await wait(id)).toEqual([{ visit: 1, outcome: 'refused' }])
  await scene.opens(id, 'DraftSupplement')
  const [task] = await scene.sql<{ note: string }>(
    `select note from task where dossier_id = $1 and element_id = 'DraftSupplement'`,
    [id],
  )
  expect(task?.note).toBe('Số định danh không khớp')
  expect(JSON.stringify(await scene.commands(id))).not.toContain('không khớp')
})

it('what the system has given stands in the result that waits for its signature', async () => {
  const id = await filed(scene)
  await scene.does('motcua.x01', id, 'Receive', 'received')
  await scene.does('chuyenvien.x01', id, 'Check', 'approved')
  await asks(id)
  replies = [answered]
  await send()
  const [letter] = await scene.sql<{ data: { sections: { title: string; rows: object[] }[] } }>(
    `select data from letter where dossier_id = $1 and kind = 'result' and state = 'draft'`,
    [id],
  )
  expect(letter?.data.sections.at(-1)).toEqual({
    title: 'Hệ thống đăng ký thuế cung cấp',
    rows: [
      { label: 'Mã số hộ kinh doanh (mã số thuế)', value: '8012345678' },
      { label: 'Cơ quan thuế quản lý', value: 'Thuế cơ sở mẫu' },
    ],
  })
})

it('asked again after it was mended it is another question, with another key and wait', async () => {
  const id = await waiting()
  replies = [refused, answered]
  await send()
  await asks(id, 2)
  await send()
  expect(asked.map(({ key }) => key)).toEqual([`${id}/RequestTaxCode/1`, `${id}/RequestTaxCode/2`])
  expect(await wait(id)).toEqual([
    { visit: 1, outcome: 'refused' },
    { visit: 2, outcome: 'answered' },
  ])
})

it('a system that keeps silent is asked again later, with the same key, for as long as it takes', async () => {
  const id = await waiting()
  replies = ['silence', answered]
  await send(200)
  expect(await row(id)).toMatchObject({ state: 'queued', attempts: 1, last_error: 'no answer within 200 ms' })
  expect((await row(id)).next).toBeGreaterThan(0)
  expect(await wait(id)).toMatchObject([{ outcome: null }])
  expect(await send()).toBe(false)
  await due()
  await send()
  expect(asked.map(({ key }) => key)).toEqual([`${id}/RequestTaxCode/1`, `${id}/RequestTaxCode/1`])
  expect(await row(id)).toMatchObject({ state: 'answered', attempts: 2 })
})

it('500 is no answer; waits double, and the first answer that comes is taken', async () => {
  const id = await waiting()
  replies = [
    { status: 500, body: 'broken' },
    { status: 503, body: {} },
    { status: 200, body: { hello: 'world' } },
    answered,
  ]
  const waits = []
  for (const error of ['status 500', 'status 503', 'another shape']) {
    await send()
    const { last_error, next } = await row(id)
    expect(last_error).toContain(error)
    waits.push(next)
    await due()
  }
  expect(waits[0]).toBeLessThan(waits[1]!)
  expect(waits[1]).toBeLessThan(waits[2]!)
  await send()
  expect(await row(id)).toMatchObject({ state: 'answered', attempts: 4 })
})

it('"not yet" is asked for again and is no failure', async () => {
  const id = await waiting()
  replies = [{ status: 202, body: {} }, answered]
  await send()
  expect(await row(id)).toMatchObject({ state: 'queued', last_error: null })
  await due()
  await send()
  expect(await wait(id)).toEqual([{ visit: 1, outcome: 'answered' }])
})

it('an answer that comes twice counts once, and the first counts', async () => {
  const id = await waiting()
  replies = [answered]
  await send()
  // As a second sender would bring it, whose lease had run out while the first one waited.
  const [exchange] = await scene.sql<{ id: string }>('select id from exchange where dossier_id = $1', [id])
  const counted = await scene.act((tx) =>
    keepAnswer({ ...tx, em: asSystem(tx.em, 'test') }, exchange!.id, {
      outcome: 'refused',
      reason: 'lần hai',
    }),
  )
  expect(counted).toBe(false)
  expect(await wait(id)).toEqual([{ visit: 1, outcome: 'answered' }])
  expect(await row(id)).toMatchObject({ state: 'answered' })
})

it('the task worked off twice writes one question', async () => {
  const id = await filed(scene)
  await asks(id)
  await asks(id)
  expect(await scene.sql('select from exchange where dossier_id = $1', [id])).toHaveLength(1)
  await scene.sql(`update exchange set state = 'cancelled' where dossier_id = $1`, [id])
})

it('killed after asking and before keeping the answer, it asks the same question again', async () => {
  const id = await waiting()
  replies = [answered]
  const { transact } = scene.db
  let calls = 0
  const spy = jest
    .spyOn(scene.db, 'transact')
    .mockImplementation((actor, work) =>
      ++calls === 2 ? Promise.reject(new Error('killed')) : transact.call(scene.db, actor, work as never),
    )
  await expect(send()).rejects.toThrow('killed')
  spy.mockRestore()
  expect(await row(id)).toMatchObject({ state: 'queued' })
  await due()
  await send()
  expect(new Set(asked.map(({ key }) => key))).toEqual(new Set([`${id}/RequestTaxCode/1`]))
  expect(asked).toHaveLength(2)
  expect(await wait(id)).toEqual([{ visit: 1, outcome: 'answered' }])
})

it('a sender whose process is killed while the system thinks leaves the question to the next one', async () => {
  const id = await waiting()
  replies = ['silence', answered]
  const script = join(import.meta.dirname, 'sender-process.ts')
  const child = spawn(process.execPath, [script, scene.test.appUrl, systems.tax!.url], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  while (asked.length === 0) {
    if (child.exitCode !== null) throw new Error(`the sender ended by itself with ${child.exitCode}`)
    await sleep(50)
  }
  child.kill('SIGKILL')
  await ended
  expect(await row(id)).toMatchObject({ state: 'queued', attempts: 1, answer: null })
  // Its lease holds others off until it must have ended.
  expect(await send()).toBe(false)
  await due()
  expect(await send()).toBe(true)
  expect(asked.map(({ key }) => key)).toEqual([`${id}/RequestTaxCode/1`, `${id}/RequestTaxCode/1`])
  expect(await wait(id)).toEqual([{ visit: 1, outcome: 'answered' }])
})

it('nobody asks for a dossier that has ended meanwhile', async () => {
  const id = await waiting()
  await scene.sql('update dossier set finished_at = $2 where id = $1', [id, at('2026-11-02 09:10')])
  expect(await send()).toBe(false)
  expect(asked).toEqual([])
  expect(await row(id)).toMatchObject({ state: 'cancelled' })
})

it('a system without an address keeps the question and says which setting is missing', async () => {
  const id = await waiting()
  await sendNext({ db: scene.db, log, systems: {} })
  expect(await row(id)).toMatchObject({
    state: 'queued',
    last_error: 'no address configured: set MOTCUA_EXCHANGE_TAX_URL',
  })
  await scene.sql(`update exchange set state = 'cancelled' where dossier_id = $1`, [id])
})

it('the stand-in speaks the same protocol: it answers, the same for the same key, and refuses some', async () => {
  const standIn = await startStandIn()
  const parts = { db: scene.db, log, systems: standIn.systems }
  const good = await waiting()
  await sendNext(parts)
  expect(await row(good)).toMatchObject({
    state: 'answered',
    answer: { data: { taxCode: expect.stringMatching(/^8\d{9}$/) } },
  })
  const bad = await filed(scene, { ownerIdentityNo: '000000000099' })
  await asks(bad)
  await sendNext(parts)
  expect(await row(bad)).toMatchObject({ state: 'refused' })
  await standIn.stop()
})

describe('tax and payment of a land registration', () => {
  const FOLDER = 'processes/1.013831-dang-ky-bien-dong-dat-dai/cases'
  const example = JSON.parse(readFileSync(`${FOLDER}/01-straight.json`, 'utf8')) as ExampleCase

  /** Received on Monday the 2nd at 09:00: the first appointment is five working days later. */
  async function registered(): Promise<string> {
    const { id } = await scene.as('congdan', async (tx) => {
      const papers = []
      for (const paperKey of example.papers)
        papers.push({ paperKey, uploadId: await uploaded(tx, scene.services) })
      const { formData, place } = example
      return fileDossier(tx, FileDossier.parse({ procedureCode: '1.013831', place, formData, papers }))
    })
    await scene.does('motcua.p01', id, 'Receive', 'received')
    return id
  }
  const clocks = (dossierId: string) =>
    scene.sql<{ round: number; due_at: Date; stopped_at: Date | null; ended_at: Date | null }>(
      `select round, due_at, stopped_at, ended_at from clock where dossier_id = $1 and kind = 'dossier' order by round`,
      [dossierId],
    )
  const answers = (dossierId: string, answer: Parameters<typeof keepAnswer>[2]) =>
    scene.act(async (tx) => {
      const [question] = await tx.sql<{ id: string }>(
        'select id from exchange where dossier_id = $1 order by visit desc limit 1',
        [dossierId],
      )
      await keepAnswer({ ...tx, em: asSystem(tx.em, 'test') }, question!.id, answer)
    })
  const paid = { outcome: 'answered' as const, data: { taxOffice: 'Thuế cơ sở mẫu' } }

  it('stands outside the clock, and the proof of payment begins the second appointment', async () => {
    const id = await registered()
    expect(await clocks(id)).toMatchObject([{ due_at: at('2026-11-09 17:00'), stopped_at: null }])
    scene.goTo('2026-11-05 10:00')
    await asks(id, 1, 'RequestTax')
    await scene.opens(id, 'AwaitTax')
    expect(await clocks(id)).toMatchObject([{ stopped_at: at('2026-11-05 10:00'), ended_at: null }])
    scene.goTo('2026-11-27 15:00')
    await answers(id, paid)
    expect(await clocks(id)).toMatchObject([
      { round: 1, due_at: at('2026-11-09 17:00'), ended_at: at('2026-11-27 15:00') },
      { round: 2, due_at: at('2026-12-02 17:00'), stopped_at: null, ended_at: null },
    ])
    const [dossier] = await scene.sql<{ due_at: Date }>('select due_at from dossier where id = $1', [id])
    expect(dossier!.due_at).toEqual(at('2026-12-02 17:00'))
  })

  it('asked once more, the second appointment moves by the time it took, and none is begun anew', async () => {
    const id = await registered()
    await asks(id, 1, 'RequestTax')
    await scene.opens(id, 'AwaitTax')
    scene.goTo('2026-11-06 09:00')
    await answers(id, { outcome: 'refused', reason: 'Sai thông tin' })
    expect((await clocks(id)).at(-1)).toMatchObject({ round: 2, due_at: at('2026-11-11 17:00') })
    await asks(id, 2, 'RequestTax')
    await scene.opens(id, 'AwaitTax')
    scene.goTo('2026-11-13 09:00')
    await answers(id, paid)
    const after = await clocks(id)
    expect(after).toHaveLength(2)
    expect(after.at(-1)).toMatchObject({ stopped_at: null })
    expect(after.at(-1)!.due_at.getTime()).toBeGreaterThan(at('2026-11-13 17:00').getTime())
  })
})
