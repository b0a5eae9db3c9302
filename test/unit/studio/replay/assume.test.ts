import { setupOf } from '../../../../src/studio/replay/designs.ts'
import { startWith, takerOf } from '../../../../ui/src/studio/replay/assume.ts'
import { ledTo, without } from '../redesign.ts'
import { permit } from './history.ts'

const PERIOD = { from: '2026-01-01', to: '2026-12-31' }
const withoutAssigning = (xml: string) =>
  ['Assign_to_Appraise', 'Assign'].reduce(
    without,
    ledTo(xml, 'Route_to_Assign', 'Appraise', [
      [0, 0],
      [1, 1],
    ]),
  )
const begun = async (mergedFrom?: string[]) => {
  const current = { ...(await permit()), version: 1 }
  const draft = await permit(withoutAssigning, ({ steps }) => {
    if (mergedFrom) steps.Appraise.mergedFrom = mergedFrom
  })
  return startWith(setupOf({ code: '1.013225', revision: 3, current, draft }, PERIOD))
}

it('a replay begins with the work of a merged step in the one it went into', async () => {
  const given = await begun(['Assign'])
  expect(given.takesOver).toEqual({ Appraise: ['Assign'] })
  expect(takerOf(given, 'Assign')).toBe('Appraise')
})

it('the work of a step that was taken out is gone, until the analyst says otherwise', async () => {
  expect((await begun()).takesOver).toEqual({})
  expect((await begun(['Long'])).takesOver).toEqual({})
})
