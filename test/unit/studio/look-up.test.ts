import { judgedChanges } from '../../../src/studio/savings/power.ts'
import { broughtBy, wayOf } from '../../../ui/src/studio/panels/model/paper-way.ts'
import { dropElement, moveData } from '../../../ui/src/studio/workspace/steps/definition-acts.ts'
import { askedInExamples, lookUpData } from '../../../ui/src/studio/workspace/steps/look-up.ts'
import { check } from './lint/checking.ts'
import { drawLandLookUp, type Editable, redesigned } from './redesign.ts'

const EVERYWHERE = { cases: ['house', 'other'], channels: ['ONLINE'] }
const basis = { text: 'Điều 53 NĐ 175/2024', source: 'Phụ lục II', verified: true }
const { before } = redesigned('1.013225', () => undefined)
const papers = (before as unknown as Editable).definition.papers
const land = papers.find(({ key }: { key: string }) => key === 'land')

it('a paper comes to the file one way at a time', () => {
  expect(papers.map(wayOf)).toEqual(['required', 'required', 'required', 'required', 'where'])
  const lookedUp = broughtBy(land, 'lookUp', EVERYWHERE, 'AskLand')
  expect(lookedUp).toMatchObject({ requiredFor: null, presentOnly: false, lookUp: { exchange: 'AskLand' } })
  expect(wayOf(lookedUp)).toBe('lookUp')
  const shown = broughtBy(lookedUp, 'shown', EVERYWHERE, '')
  expect(shown).toMatchObject({ presentOnly: true, requiredFor: EVERYWHERE })
  expect(shown).not.toHaveProperty('lookUp')
  const where = broughtBy(shown, 'where', EVERYWHERE, '')
  expect(where).toMatchObject({ presentOnly: false, requiredFor: null })
  expect(wayOf(broughtBy(where, 'required', EVERYWHERE, ''))).toBe('required')
})

/** The redesign as the panel makes it: the look-up drawn, the paper in its place, the examples through it. */
const lookedUp = () =>
  redesigned('1.013225', (source) => {
    drawLandLookUp(source)
    source.definition = lookUpData('land', 'land', 'AskLand', 'AwaitLand')(source.definition)
    const paper = source.definition.papers.find(({ key }: { key: string }) => key === 'land')
    paper.lookUp.basis = basis
    source.definition.waits.AwaitLand.name.vi = 'Dữ liệu đất đai'
    source.examples = askedInExamples(source.examples, 'Appraise', 'AwaitLand')
  })

it('a look-up drawn in the place of a paper breaks no rule, runs in the examples and is ours to publish', async () => {
  const { after } = lookedUp()
  const faults = await check(after as never)
  expect(faults.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(faults.filter(({ rule }) => rule === 'example-fits')).toEqual([])
  const changes = await judgedChanges(before, after)
  expect(changes.filter(({ power }) => power === 'proposal')).toEqual([])
  expect(changes.map(({ field }) => field)).toContain('papers.land.lookUp')
})

it('the look-up goes with its task or its wait, and takes its paper’s place along when it is called otherwise', () => {
  const { definition } = lookedUp().after as unknown as Editable
  for (const id of ['AskLand', 'AwaitLand']) {
    const left = dropElement(id)(definition)
    expect(left.exchanges).toEqual({})
    expect(left.papers?.some(({ lookUp }) => lookUp)).toBe(false)
  }
  const moved = moveData('AwaitLand', 'AwaitPlot')(moveData('AskLand', 'AskPlot')(definition))
  expect(moved.exchanges).toMatchObject({ AskPlot: { wait: 'AwaitPlot' } })
  expect(moved.papers?.find(({ key }) => key === 'land')?.lookUp?.exchange).toBe('AskPlot')
})
