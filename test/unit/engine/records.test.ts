import fc from 'fast-check'
import { beyondMark } from '../../../src/engine/marks.ts'
import { epochOf, indexPrefix, parseRecord } from '../../../src/engine/records.ts'

const line = (fields: string) =>
  `{"partitionId":1,"position":7,"timestamp":1795318763509,"valueType":"JOB","key":1,"value":{}${fields}}`

describe('a record', () => {
  test('keeps every key to its last digit, whatever its size', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (key) => {
        const record = parseRecord(
          line(`,"key":${key},"value":{"processInstanceKey":${key},"deadline":${key}}`),
        )
        expect(record.key).toBe(String(key))
        expect(record.value.processInstanceKey).toBe(String(key))
        expect(String(record.value.deadline)).toBe(String(key))
      }),
    )
  })

  test('keeps digits in texts as they are', () => {
    const { value } = parseRecord(
      line(`,"value":{"errorMessage":"\\"9007199254740993\\" \\\\ 11258999068426241"}`),
    )
    expect(value.errorMessage).toBe('"9007199254740993" \\ 11258999068426241')
  })

  test('counts small numbers as numbers', () => {
    const { value, timestamp } = parseRecord(line(`,"value":{"retries":3,"version":2,"fraction":0.5}`))
    expect(value).toEqual({ retries: 3, version: 2, fraction: 0.5 })
    expect(timestamp).toBe(1795318763509)
  })

  test('is refused when it is none', () => {
    expect(() => parseRecord('{"valueType":"JOB"}')).toThrow(SyntaxError)
    expect(() => parseRecord('{"partitionId":1,"posi')).toThrow(SyntaxError)
  })
})

test('an index or template name says its epoch, and a foreign one none', () => {
  expect(epochOf(`${indexPrefix(3)}_user-task_8.5.8_2026-11-22`)).toBe(3)
  expect(epochOf('motcua-e31')).toBe(31)
  expect(epochOf('motcua-e3*')).toBe(3)
  for (const foreign of ['', 'zeebe-record_job', 'motcua-e', 'motcua-e3x_job', 'xmotcua-e3_job'])
    expect(epochOf(foreign)).toBeNull()
})

describe('the mark', () => {
  const at = (position: string, timestamp: number) => ({
    record: { ...parseRecord(line('')), position, timestamp },
  })
  const mark = { position: 10n, greatestTimestamp: 500, stopped: null }

  test('lets pass what is beyond it, once', () => {
    const lines = [at('9', 400), at('11', 450), at('11', 450), at('12', 600)]
    expect(beyondMark(mark, lines)).toEqual([lines[1], lines[3]])
  })

  test('takes a later record at a position already read for another life of the data', () => {
    expect(beyondMark(mark, [at('10', 500), at('11', 501)])).toHaveLength(1)
    expect(beyondMark(mark, [at('10', 501)])).toBe('changed')
  })

  test('compares positions as numbers, not as texts', () => {
    expect(beyondMark(mark, [at('9', 100), at('100', 100)])).toHaveLength(1)
  })
})
