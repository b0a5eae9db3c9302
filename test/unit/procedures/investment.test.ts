import { bodiesAt } from '../../../src/procedures/bodies.ts'
import { readProcedures } from '../../../src/procedures/folder.ts'

const investment = (await readProcedures('processes')).find(
  ({ definition }) => definition.code === '1.009645',
)!
const { definition } = investment
const hours = ({ value, unit }: { value: number; unit: string }) =>
  unit === 'working-day' ? value * 8 : value
const allotted = Object.entries(definition.allotments.general!).map(([id, span]) => ({
  id,
  hours: hours(span),
}))
const sum = (rows: typeof allotted) => rows.reduce((total, row) => total + row.hours, 0)

it('twelve internal steps of the investment approval take exactly the seventeen days of its limit', () => {
  expect(allotted).toHaveLength(12)
  expect(allotted.map((row) => row.hours / 8)).toEqual([0.5, 0.25, 0.5, 0.25, 0.5, 7, 2, 1, 1, 0.5, 3, 0.5])
  expect(sum(allotted)).toBe(hours(definition.limits.find((row) => row.case === 'general')!.committed))
})

it('without a consultation the time of its steps is the reserve', () => {
  const without = Object.values(definition.allotments.secondary!).reduce(
    (total, span) => total + hours(span),
    0,
  )
  const asking = allotted.filter(({ id }) => /Question|AwaitConsultations/.test(id))
  expect(without).toBe(17 * 8 - sum(asking))
})

it('the steps up to each milestone fit before it', () => {
  const end = (id: string) => allotted.findIndex((row) => row.id === id)
  const milestones = definition.phases.map(({ milestone }) => milestone!)
  expect(milestones.map(({ limit }) => limit.value)).toEqual([2, 7, 14, 3])
  for (const { from, until, limit } of milestones) {
    expect(end(until)).toBeGreaterThanOrEqual(0)
    expect(sum(allotted.slice(end(from) + 1, end(until) + 1))).toBeLessThanOrEqual(hours(limit))
  }
})

it('the drawing names the milestones that the data hold', () => {
  const drawn = [...investment.bpmn.matchAll(/<bpmn:text>([^<]+)<\/bpmn:text>/g)].map((match) => match[1]!)
  expect(drawn).toHaveLength(definition.phases.length)
  definition.phases.forEach(({ name, milestone }, n) => {
    expect(drawn[n]).toContain(`Giai đoạn ${n + 1}: ${name.vi}`)
    expect(drawn[n]).toContain(`${milestone!.limit.value} ngày làm việc`)
  })
})

it('the commune that is asked is the one where the project lies', () => {
  const asked = bodiesAt(definition, 'T00.X07')
  expect(asked.map(({ agency, unit }) => [agency, unit])).toEqual([
    ['T00.S02', 'T00.S02.CM'],
    ['T00.S03', 'T00.S03.CM'],
    ['T00.Q01', 'T00.Q01.CM'],
    ['T00.C01', 'T00.C01.CM'],
    ['T00.X07', 'T00.X07.KT'],
  ])
})
