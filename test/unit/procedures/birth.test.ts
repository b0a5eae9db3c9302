import { readFile } from 'node:fs/promises'
import { procedureDefinition } from '../../../src/procedures/definition.ts'

type Json = Record<string, unknown>
const read = async (folder: string): Promise<Json> =>
  JSON.parse(await readFile(`processes/${folder}/procedure.json`, 'utf8'))
const birth = () => read('1.001193-dang-ky-khai-sinh')

/** The data with the value at a path replaced. */
function put(data: unknown, [key, ...rest]: string[], value: unknown): unknown {
  if (key === undefined) return value
  const part = data as Json
  return { ...part, [key]: put(part[key], rest, value) }
}
const faults = (data: unknown) =>
  (procedureDefinition.safeParse(data).error?.issues ?? [])
    .map((one) => `${one.path.join('.')}: ${one.message}`)
    .join('\n')

it('the birth registration as shipped has no fault', async () => {
  expect(faults(await birth())).toBe('')
})

it.each([
  [
    'a same-day limit without the rule of 15:00',
    'reception.rules',
    ['handOver'],
    /reception\.rules: .*sameDayResult/,
  ],
  [
    'a wait for the confirmation without its limit',
    'confirmation',
    null,
    /confirmation: .*await\.confirmation/,
  ],
  [
    'a personal number from a question that nobody asks',
    'result.personalNumber',
    { exchange: 'Ask', answer: 'n' },
    /result\.personalNumber\.exchange: "Ask" is none of: RequestNumber/,
  ],
  [
    'steps that take longer than a day',
    'allotments.ordinary.Appraise',
    { value: 8, unit: 'working-hour' },
    /allotments\.ordinary: steps take 9\.25 working hours, the limit is 8/,
  ],
  [
    'a body that is neither named by the officer nor an agency',
    'consultation.bodies',
    [{ unit: 'VP', question: { vi: 'Hỏi' } }],
    /consultation\.bodies\.0/,
  ],
])('%s is a fault', async (_name, path, value, fault) => {
  expect(faults(put(await birth(), path.split('.'), value))).toMatch(fault)
})

it('a rule of 15:00 without a same-day limit is a fault too', async () => {
  const permit = await read('1.013225-cap-giay-phep-xay-dung-moi')
  const rules = ['handOver', 'sameDayResult']
  expect(faults(put(permit, ['reception', 'rules'], rules))).toMatch(/reception\.rules: .*sameDayResult/)
})
