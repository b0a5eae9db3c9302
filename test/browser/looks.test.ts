import { jest } from '@jest/globals'
import { pages } from './pages.ts'
import { CITIZEN, CLERK, HEAD_OF_UNIT, OFFICER, told } from './story/cast.ts'
import { makeDrafts } from './studio-pages.ts'
import { fileByApi } from './support/file.ts'
import { type Stage, setStage } from './support/stage.ts'

// For a hung run only: every wait of a page has its own, shorter patience.
jest.setTimeout(5 * 60_000)

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
  Object.assign(told, await fileByApi(stage, CITIZEN))
  const { desk } = stage
  await desk.decide(CLERK, told.id, 'reception', 'received')
  const { person } = await (await desk.as(OFFICER)).get('/api/session')
  await desk.decide(HEAD_OF_UNIT, told.id, 'assign', 'assigned', { personId: person.id })
  await desk.task(OFFICER, told.id, 'appraise')
  await makeDrafts(stage)
})
afterAll(() => stage?.strike())

describe('every page, with axe, on both screens and in both languages', () => pages(() => stage))
