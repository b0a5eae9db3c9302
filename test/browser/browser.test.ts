import { jest } from '@jest/globals'
import { states } from './states.ts'
import { desk } from './story/desk.ts'
import { filing } from './story/filing.ts'
import { late } from './story/late.ts'
import { oversight } from './story/oversight.ts'
import { scenes } from './support/scenes.ts'
import { type Stage, setStage } from './support/stage.ts'

// For a hung run only: every wait of a page has its own, shorter patience.
jest.setTimeout(5 * 60_000)

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage?.strike())

const scene = scenes(() => stage)
describe('a works permit, by clicking as people do', () => {
  filing(scene)
  desk(scene)
  late(scene)
  oversight(scene)
})
describe('every state of a page', () => states(() => stage))
