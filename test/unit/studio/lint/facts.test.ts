import { factsOf } from '../../../../src/studio/lint/fault.ts'
import { checkLaw, type Edited, edited } from './checking.ts'

const told = async (rule: string, edit: (source: Edited) => void = () => {}) =>
  (await checkLaw(edited(edit))).filter((fault) => fault.rule === rule)
const facts = async (rule: string, edit?: (source: Edited) => void) => (await told(rule, edit)).map(factsOf)

const unread = (source: string) => ({ text: 'Căn cứ thử', source, verified: false })

it('a silence that ends later is another warning than the one a reason was given for', async () => {
  const [before] = await facts('silence-after-due')
  expect(
    await facts('silence-after-due', ({ definition }) => {
      definition.consultation!.limit.value = 20
    }),
  ).not.toContain(before)
})

it('the warning stays the same while only names, papers and the drawing change', async () => {
  const [before] = await facts('silence-after-due')
  const [after] = await told('silence-after-due', (source) => {
    source.definition.cases[0]!.name.vi = 'Nhà ở của dân'
    source.definition.papers[0]!.name.vi = 'Đơn'
    source.bpmn = source.bpmn.replaceAll('name="Thẩm định hồ sơ"', 'name="Thẩm định"')
  })
  expect(after!.message.vi).toContain('Nhà ở của dân')
  expect(factsOf(after!)).toBe(before)
})

it('each text that nobody has checked is a warning of its own, with every place that rests on it', async () => {
  const known = await facts('basis-unverified')
  const more = (await told('basis-unverified', ({ definition }) => {
    definition.limits[0]!.basis = unread('Nghị định A')
    definition.limits[1]!.basis = unread('Nghị định A')
    definition.reception.basis = unread('không tính')
    definition.clockMode.basis = unread('Nghị định B')
  }).then((faults) => faults.filter((fault) => !known.includes(factsOf(fault))))) as {
    message: { vi: string }
  }[]
  expect(more.map(({ message }) => message.vi.match(/Nghị định [AB]/)?.[0]).sort()).toEqual([
    'Nghị định A',
    'Nghị định B',
  ])
  expect(more[0]!.message.vi).toMatch(/dòng 1.*dòng 2/)
})

it('a further place that rests on an unchecked text asks again; another order of rows does not', async () => {
  const one = (edit: (source: Edited) => void) =>
    facts('basis-unverified', (source) => {
      source.definition.limits[0]!.basis = unread('Nghị định A')
      edit(source)
    })
  const before = await one(() => {})
  expect(await one(({ definition }) => void definition.limits.reverse())).toEqual(
    expect.arrayContaining(before),
  )
  expect(
    await one(({ definition }) => {
      definition.limits[1]!.basis = unread('Nghị định A')
    }),
  ).not.toEqual(expect.arrayContaining(before))
})
