import { formName, promise } from '../../../src/procedures/definition.ts'
import { promiseNames } from '../../../src/tasks/promises.ts'
import { ConsultationSummaryData, DecisionData } from '../../../src/tasks/schemas.ts'

it('a definition may promise exactly what acts can keep', () => {
  expect([...promise.options].sort()).toEqual([...promiseNames].sort())
})

it('a step may show exactly the panels whose decisions can be read', () => {
  expect(ConsultationSummaryData).toBeDefined()
  expect([...formName.options].sort()).toEqual([...Object.keys(DecisionData), 'consultation-summary'].sort())
})
