import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { answer } from '../../../src/cli/deadline-explain.ts'
import { type Line, linesOf } from '../../../src/cli/lines.ts'
import { shippedCalendars } from '../../../src/deadlines/shipped-calendars.ts'

const calendars = shippedCalendars()
// biome-ignore lint/suspicious/noExplicitAny: answers are read as a stranger's program reads them
const ask = (question: object | string): any =>
  answer({ text: typeof question === 'string' ? question : JSON.stringify(question) }, 1, calendars)
const RECEIVED = '2026-11-02T09:10:00+07:00'
const TEN = { value: 10, unit: 'working-day' }

describe('an answer', () => {
  test('has the due date, the two moments before it and the proof', () => {
    const { proof, ...dates } = ask({ received: RECEIVED, limit: { value: 7, unit: 'working-day' } })
    expect(dates).toEqual({
      dueAt: '2026-11-11T17:00:00+07:00',
      warnAt: '2026-11-09T17:00:00+07:00',
      apologyBy: '2026-11-10T17:00:00+07:00',
      provisional: false,
    })
    expect(proof.filter((line: { counted: boolean }) => line.counted)).toHaveLength(7)
    expect(proof.at(-1)).toEqual({
      kind: 'sentence',
      counted: false,
      source: '',
      reason: {
        vi: 'Nhận T2 02/11/2026 09:10; 7 ngày làm việc; không tính ngày nhận; bỏ T7 07/11, CN 08/11 (cuối tuần); hạn T4 11/11/2026 17:00',
        en: 'Received Mon 02/11/2026 09:10; 7 working days; day of receipt not counted; skipping Sat 07/11, Sun 08/11 (weekend); due Wed 11/11/2026 17:00',
      },
    })
  })

  test.each([
    ['1 month', { value: 1, unit: 'month' }, '2026-12-02T17:00:00+07:00'],
    ['12 calendar days', { value: 12, unit: 'calendar-day' }, '2026-11-16T17:00:00+07:00'],
    ['8 working hours', { value: 8, unit: 'working-hour' }, '2026-11-03T09:10:00+07:00'],
    ['a half-day', { value: 1, unit: 'half-day' }, '2026-11-02T14:40:00+07:00'],
    ['the same day', { value: 1, unit: 'same-day' }, '2026-11-02T17:00:00+07:00'],
  ])('is given for a limit of %s', (_, limit, dueAt) => {
    expect(ask({ received: RECEIVED, limit }).dueAt).toBe(dueAt)
  })

  test('an instant without an offset is Vietnamese time', () => {
    expect(ask({ received: '2026-11-02T15:01', limit: { value: 1, unit: 'same-day' } }).dueAt).toBe(
      '2026-11-03T17:00:00+07:00',
    )
    expect(ask({ received: '2026-11-02T15:01+07:00', limit: { value: 1, unit: 'same-day' } }).dueAt).toBe(
      '2026-11-03T17:00:00+07:00',
    )
    expect(ask({ received: '2026-11-02T08:01:00Z', limit: { value: 1, unit: 'same-day' } }).dueAt).toBe(
      '2026-11-03T17:00:00+07:00',
    )
  })

  test('follows the events in the mode asked for', () => {
    const events = [
      { at: '2026-11-05T10:00:00+07:00', kind: 'asked' },
      { at: '2026-11-10T09:00:00+07:00', kind: 'complete' },
    ]
    const due = (mode?: string) =>
      ask({ received: RECEIVED, limit: TEN, events, ...(mode && { mode }) }).dueAt
    expect(due()).toBe('2026-11-24T17:00:00+07:00')
    expect(due('RESTART')).toBe('2026-11-24T17:00:00+07:00')
    // Thursday 10:00 to Tuesday 9:00 are 3 working days less one hour: from Monday 16, 17:00.
    expect(due('PAUSE')).toBe('2026-11-19T16:00:00+07:00')
  })

  test('a clock that stands still has no dates, and says since when', () => {
    const events = [{ at: '2026-11-05T10:00:00+07:00', kind: 'asked' }]
    const { dueAt, warnAt, apologyBy, proof } = ask({ received: RECEIVED, limit: TEN, events })
    expect([dueAt, warnAt, apologyBy]).toEqual([null, null, null])
    expect(proof.some(({ kind }: { kind: string }) => kind === 'due')).toBe(false)
    expect(proof.at(-1).reason.vi).toMatch(
      /đồng hồ đang dừng, chưa có hạn; hạn trước khi dừng T2 16\/11\/2026 17:00$/,
    )
  })

  test('two appointments follow from a split', () => {
    const limit = {
      value: 8,
      unit: 'working-day',
      split: { first: { value: 5, unit: 'working-day' }, second: { value: 3, unit: 'working-day' } },
    }
    const events = [
      { at: '2026-11-06T10:00:00+07:00', kind: 'excluded' },
      { at: '2026-11-16T09:00:00+07:00', kind: 'resumed' },
    ]
    expect(ask({ received: RECEIVED, limit, mode: 'EXCLUDED-STAGE', events }).dueAt).toBe(
      '2026-11-19T17:00:00+07:00',
    )
  })

  test('an undecided day on which the date depends is a warning in the proof', () => {
    const { proof } = ask({ received: '2026-11-10T09:00:00+07:00', limit: TEN })
    expect(proof.find(({ kind }: { kind: string }) => kind === 'warning')).toMatchObject({
      day: '2026-11-24',
      dueAtIfOff: '2026-11-25T17:00+07:00',
    })
  })
})

describe('as known then', () => {
  const newYear = { received: '2025-12-30T09:00:00+07:00', limit: { value: 2, unit: 'working-day' } }

  test('the swap of 2 January 2026, made on 25 December, was not known on the 24th', () => {
    expect(ask({ ...newYear, asOf: '2025-12-24' }).dueAt).toBe('2026-01-02T17:00:00+07:00')
    expect(ask({ ...newYear, asOf: '2025-12-25' }).dueAt).toBe('2026-01-05T17:00:00+07:00')
    expect(ask(newYear).dueAt).toBe('2026-01-05T17:00:00+07:00')
  })

  test('before its decision a year is provisional', () => {
    expect(ask({ ...newYear, asOf: '2025-11-30T23:59:00+07:00' }).provisional).toBe(true)
    expect(ask({ ...newYear, asOf: '2025-12-01' }).provisional).toBe(false)
  })

  test('24 November 2026 is undecided only since it is spoken of', () => {
    const question = { received: '2026-11-10T09:00:00+07:00', limit: TEN }
    const warned = (asOf: string) =>
      ask({ ...question, asOf }).proof.some(({ kind }: { kind: string }) => kind === 'warning')
    expect([warned('2025-11-15'), warned('2026-02-25'), warned('2026-02-26')]).toEqual([false, false, true])
  })

  test('the rules are those of the receipt, as far as they were known', () => {
    const question = {
      received: '2025-08-04T09:00:00+07:00',
      limit: { value: 5, unit: 'working-day' },
      events: [
        { at: '2025-08-05T09:00:00+07:00', kind: 'asked' },
        { at: '2025-08-06T09:00:00+07:00', kind: 'complete' },
      ],
    }
    const source = (asOf?: string) =>
      ask({ ...question, ...(asOf && { asOf }) }).proof.find(
        ({ kind }: { kind: string }) => kind === 'restarted',
      ).source
    expect(source()).toContain('NĐ 118/2025')
    expect(source('2026-11-22')).toContain('NĐ 118/2025')
    expect(source('2025-06-30')).toContain('NĐ 61/2018')
  })
})

describe('a bad line', () => {
  const good = { received: RECEIVED, limit: TEN }
  test.each([
    ['not JSON', '{"received"', ''],
    ['a list', '[]', ''],
    ['no receipt', { limit: TEN }, 'received'],
    ['no day', { ...good, received: '2026-02-30T09:00:00+07:00' }, 'received'],
    ['a day without its time', { ...good, received: '2026-11-02' }, 'received'],
    ['another millennium', { ...good, received: '1026-11-02T09:00:00+07:00' }, 'received'],
    ['before the first decree', { ...good, received: '2018-06-20T09:00:00+07:00' }, 'received'],
    ['a unit nobody knows', { ...good, limit: { value: 1, unit: 'week' } }, 'limit.unit'],
    ['a limit of nothing', { ...good, limit: { value: 0, unit: 'working-day' } }, 'limit.value'],
    ['half a day counted as a day', { ...good, limit: { value: 1.5, unit: 'working-day' } }, 'limit.value'],
    ['a limit in words', { ...good, limit: { value: '10', unit: 'working-day' } }, 'limit.value'],
    ['another mode', { ...good, mode: 'STOP' }, 'mode'],
    ['a misspelt field', { ...good, event: [] }, 'event'],
    ['another event', { ...good, events: [{ at: RECEIVED, kind: 'paused' }] }, 'events[0].kind'],
    [
      'events out of order',
      { ...good, events: [{ at: '2026-11-01T09:00:00Z', kind: 'asked' }] },
      'events[0].at',
    ],
    [
      'an end without its beginning',
      { ...good, events: [{ at: RECEIVED, kind: 'complete' }] },
      'events[0].kind',
    ],
    ['an unknown agency', { ...good, agency: 'T99.X01' }, 'agency'],
    ['known before the first decree', { ...good, asOf: '2018-06-20' }, 'asOf'],
    ['no day to know on', { ...good, asOf: 'yesterday' }, 'asOf'],
  ])('%s: the field is named, with what to write', (_, question, field) => {
    const { error } = ask(question)
    expect(error).toMatchObject({ line: 1, field })
    expect(error.message.vi).not.toBe('')
    expect(error.message.en).not.toBe('')
  })
})

describe('a question that asks for too much work', () => {
  const years = (at: number) => new Date(Date.UTC(2026, 10, 3 + at)).toISOString()
  const events = Array.from({ length: 200 }, (_, n) => ({
    at: years(n * 30),
    kind: n % 2 === 0 ? 'asked' : 'complete',
  }))

  test('is refused before it is counted; the same limit alone is answered', () => {
    const limit = { value: 3650, unit: 'working-day' }
    expect(ask({ received: RECEIVED, limit, events }).error.field).toBe('events')
    expect(ask({ received: RECEIVED, limit }).dueAt).toMatch(/^204/)
  })
})

describe('two appointments', () => {
  const split = { first: { value: 5, unit: 'working-day' }, second: { value: 3, unit: 'working-day' } }
  const asked = (value: number, mode: string) =>
    ask({ received: RECEIVED, mode, limit: { value, unit: 'working-day', split } })

  test('add up to the limit, and go with an excluded stage only', () => {
    expect(asked(8, 'EXCLUDED-STAGE').error).toBeUndefined()
    expect(asked(9, 'EXCLUDED-STAGE').error.field).toBe('limit.split')
    expect(asked(8, 'RESTART').error.field).toBe('limit.split')
  })
})

test('hours to the minute are taken, whatever a computer makes of 4.1 times 60', () => {
  expect(ask({ received: RECEIVED, limit: { value: 4.1, unit: 'working-hour' } }).dueAt).toBe(
    '2026-11-02T14:46:00+07:00',
  )
})

describe('lines', () => {
  const read = async (pieces: string[], most = 100) => {
    const found: Line[] = []
    async function* bytes() {
      for (const piece of pieces) yield Buffer.from(piece, 'latin1')
    }
    for await (const batch of linesOf(bytes(), most)) found.push(...batch)
    return found
  }

  test('are whole however the input is cut, letters of several bytes too', async () => {
    const bytes = Buffer.from('một\ncửa\n\nhết').toString('latin1')
    for (let size = 1; size < bytes.length; size++) {
      const pieces = bytes.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? []
      expect(await read(pieces)).toEqual(['một', 'cửa', '', 'hết'].map((text) => ({ text })))
    }
  })

  test('too long are thrown away, and the next is read', async () => {
    expect(await read(['a'.repeat(60), 'a'.repeat(60), '\nb\n'])).toEqual([
      { fault: 'too-long' },
      { text: 'b' },
    ])
    expect(await read(['a'.repeat(100), '\n'])).toEqual([{ text: 'a'.repeat(100) }])
  })

  test('that are no UTF-8 are told, and the next is read', async () => {
    expect(await read(['Phi\xc3u\nb\n'])).toEqual([{ fault: 'not-utf8' }, { text: 'b' }])
  })
})

describe('as a program', () => {
  const main = new URL('../../../src/cli/main.ts', import.meta.url).pathname
  const start = (...nodeOptions: string[]): ChildProcessWithoutNullStreams =>
    spawn(process.execPath, [...nodeOptions, main, 'deadline', 'explain'], {
      env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: 'postgres://127.0.0.1:1/none' },
    })
  const line = (value: number) =>
    `${JSON.stringify({ received: RECEIVED, limit: { value, unit: 'working-day' } })}\n`

  test('it answers each question when it is asked, goes on after a bad one, and ends with 1', async () => {
    const child = start()
    const answers = (async function* () {
      for await (const batch of linesOf(child.stdout, 1e6)) yield* batch
    })()
    const next = async () => JSON.parse(((await answers.next()).value as { text: string }).text)
    child.stdin.write(line(7))
    expect((await next()).dueAt).toBe('2026-11-11T17:00:00+07:00')
    child.stdin.write('bad\n\n')
    expect((await next()).error).toMatchObject({ line: 2, field: '' })
    expect((await next()).error).toMatchObject({ line: 3, field: '' })
    child.stdin.write(`\uFEFF${line(10).trim()}\r\n`)
    expect((await next()).dueAt).toBe('2026-11-16T17:00:00+07:00')
    child.stdin.end()
    const [code] = await once(child, 'close')
    expect(code).toBe(1)
  })

  test('4,000 answers of 25 kB go through a heap of 48 MB to a reader that takes its time', async () => {
    const child = start('--max-old-space-size=48')
    const fed = (async () => {
      const block = line(60).repeat(500)
      for (let sent = 0; sent < 4_000; sent += 500)
        if (!child.stdin.write(block)) await once(child.stdin, 'drain')
      child.stdin.end()
    })()
    child.stdin.on('error', () => {})
    let lines = 0
    let bytes = 0
    // Nothing is taken at first: what is answered meanwhile must not pile up.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    for await (const chunk of child.stdout) {
      bytes += chunk.length
      for (const byte of chunk) if (byte === 10) lines++
    }
    await fed
    expect(child.exitCode ?? (await once(child, 'close'))[0]).toBe(0)
    expect(lines).toBe(4_000)
    expect(bytes).toBeGreaterThan(90e6)
  })
})
