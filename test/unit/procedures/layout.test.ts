import { readFile } from 'node:fs/promises'
import { type Box, drawnIn } from './diagram.ts'
import { layoutFaults, runsBackwards } from './layout.ts'

const PERMIT = 'processes/1.013225-cap-giay-phep-xay-dung-moi/process.bpmn'
const INVESTMENT = 'processes/1.009645-chap-thuan-chu-truong-dau-tu/process.bpmn'
const BIRTH = 'processes/1.001193-dang-ky-khai-sinh/process.bpmn'
const HOUSEHOLD = 'processes/1.001612-dang-ky-thanh-lap-ho-kinh-doanh/process.bpmn'
const RESIDENCE = 'processes/1.004222-dang-ky-thuong-tru/process.bpmn'
const INSURANCE = 'processes/2.000986-BHYT-cap-the-bhyt-tre-em/process.bpmn'
const GROUP = 'processes/2.000986-lien-thong-khai-sinh-thuong-tru-bhyt/process.bpmn'
const COPY = 'processes/2.000815-chung-thuc-ban-sao/process.bpmn'
const RECORD = 'processes/3.000333-cap-phieu-ly-lich-tu-phap/process.bpmn'
const ALLOWANCE = 'processes/1.001776-tro-cap-xa-hoi-hang-thang/process.bpmn'
const TRANSFER = 'processes/1.013831-dang-ky-bien-dong-dat-dai/process.bpmn'
const ALLOCATION = 'processes/1.013949-giao-dat-cho-thue-dat/process.bpmn'
const LATEST = [COPY, RECORD, ALLOWANCE, TRANSFER, ALLOCATION]
const SHARED = ['deadline-watch', 'consultation', 'apology', 'stop'].map(
  (name) => `processes/shared/${name}.bpmn`,
)

describe.each([PERMIT, INVESTMENT, HOUSEHOLD, BIRTH, RESIDENCE, INSURANCE, GROUP, ...LATEST, ...SHARED])(
  'the drawing of %s',
  (path) => {
    it('has no crossing lines, no line through a shape and no covered label', async () => {
      expect(layoutFaults(await drawnIn(await readFile(path, 'utf8')))).toEqual([])
    })
  },
)

it('the happy path of the construction permit runs from left to right', async () => {
  const way = ['Start', 'Receive', 'Route', 'Assign', 'Appraise', 'WhatResult', 'ReviewResult', 'SignResult']
  const rest = ['NumberResult', 'PublishResult', 'ReturnResult', 'Returned']
  expect(runsBackwards(await drawnIn(await readFile(PERMIT, 'utf8')), [...way, ...rest])).toEqual([])
})

it('a birth at the counter runs straight from left to right, on one line for as long as an officer has it', async () => {
  const drawn = await drawnIn(await readFile(BIRTH, 'utf8'))
  const officer = ['Appraise', 'Conclude', 'WhatResult', 'Approved', 'AskConfirmation', 'NeedsConfirmation']
  const number = ['Confirmed', 'RequestNumber', 'AwaitNumber', 'HasNumber', 'Register', 'IsRegistered']
  const rest = ['SignResult', 'NumberResult', 'PublishResult', 'ReturnResult', 'Returned']
  const straight = [...officer, ...number]
  expect(runsBackwards(drawn, ['Start', 'Receive', 'Route', ...straight, ...rest])).toEqual([])
  const middle = (id: string) => {
    const { box } = drawn.shapes.find((shape) => shape.id === id)!
    return box.y + box.height / 2
  }
  expect(new Set(straight.map(middle)).size).toBe(1)
})

it('the happy path of the investment approval runs from left to right, through its four phases', async () => {
  const drawn = await drawnIn(await readFile(INVESTMENT, 'utf8'))
  const asking = ['Start', 'Receive', 'Route', 'Assign', 'Appraise', 'NeedsOpinions', 'ReviewQuestion']
  const answered = ['SignQuestion', 'RequestConsultations', 'AwaitConsultations', 'SummariseConsultations']
  const proposal = ['WhatResult', 'ReviewResult', 'SignProposal', 'NumberProposal']
  const decision = ['SignResult', 'NumberResult', 'PublishResult', 'ReturnResult', 'Returned']
  expect(runsBackwards(drawn, [...asking, ...answered, ...proposal, ...decision])).toEqual([])
  const x = (id: string) => drawn.shapes.find((shape) => shape.id === id)!.box.x
  const starts = ['Receive', 'RequestConsultations', 'SummariseConsultations', 'NumberProposal'].map(x)
  const phases = ['Phase_1', 'Phase_2', 'Phase_3', 'Phase_4'].map(x)
  phases.forEach((phase, n) => {
    expect(phase).toBeLessThanOrEqual(starts[n]!)
    if (phases[n + 1]) expect(starts[n]).toBeLessThan(phases[n + 1]!)
  })
})

it('the happy path of a household business runs from the fee through check and tax to the signature', async () => {
  const way = [
    'Start',
    'CalculateFee',
    'AwaitPayment',
    'Receive',
    'Route',
    'Check',
    'RequestTaxCode',
    'AwaitTaxCode',
  ]
  const rest = ['SignResult', 'PublishResult', 'ReturnResult', 'Returned']
  const drawn = await drawnIn(await readFile(HOUSEHOLD, 'utf8'))
  expect(runsBackwards(drawn, [...way, ...rest])).toEqual([])
  expect(drawn.shapes.filter(({ type }) => type === 'bpmn:Lane').map(({ name }) => name)).toEqual([
    'Một cửa',
    'Chuyên viên',
    'Lãnh đạo cơ quan',
  ])
})

it('a group runs from left to right, from its reception through its parts to the one notice', async () => {
  const way = [
    'Start',
    'Receive',
    'Route',
    'OpenBirth',
    'AwaitBirth',
    'HasBirth',
    'OpenOthers',
    'AwaitOthers',
  ]
  const drawn = await drawnIn(await readFile(GROUP, 'utf8'))
  expect(runsBackwards(drawn, [...way, 'NotifyGroup', 'Returned'])).toEqual([])
})

it('land is paid for in a stage of its own: between the appointments, or behind the decision', async () => {
  const opening = ['Start', 'Receive', 'Route', 'Assign', 'Appraise', 'WhatResult']
  const tax = ['RequestTax', 'AwaitTax', 'IsTaxDone']
  const sealed = ['ReviewResult', 'SignResult', 'NumberResult']
  const end = ['PublishResult', 'ReturnResult', 'Returned']
  const drawn = async (path: string) => drawnIn(await readFile(path, 'utf8'))
  expect(runsBackwards(await drawn(TRANSFER), [...opening, ...tax, ...sealed, ...end])).toEqual([])
  const allocation = [...opening, ...sealed, ...tax, 'IssueCertificate', ...end]
  expect(runsBackwards(await drawn(ALLOCATION), allocation)).toEqual([])
})

const LETTERS = 12
it.each([PERMIT, INVESTMENT, HOUSEHOLD, BIRTH, RESIDENCE, INSURANCE, GROUP, ...LATEST])(
  '%s fits on an A3 sheet with letters of 1.8 mm or more',
  async (path) => {
    const { shapes } = await drawnIn(await readFile(path, 'utf8'))
    const span = (from: (box: Box) => number, to: (box: Box) => number) =>
      Math.max(...shapes.map(({ box }) => to(box))) - Math.min(...shapes.map(({ box }) => from(box)))
    const width = span(
      (box) => box.x,
      (box) => box.x + box.width,
    )
    const height = span(
      (box) => box.y,
      (box) => box.y + box.height,
    )
    expect(LETTERS * Math.min(420 / width, 297 / height)).toBeGreaterThanOrEqual(1.8)
  },
)

it.each([PERMIT, INVESTMENT])(
  '%s lies above the happy path for a supplement, below it for a refusal',
  async (path) => {
    const { shapes } = await drawnIn(await readFile(path, 'utf8'))
    const y = (id: string) => shapes.find((shape) => shape.id === id)!.box.y
    expect(y('DraftSupplement')).toBeLessThan(y('Appraise'))
    expect(y('DraftRefusal')).toBeGreaterThan(y('Appraise'))
  },
)

it('keeps the watch over the deadlines at seven nodes or fewer', async () => {
  const { shapes } = await drawnIn(await readFile('processes/shared/deadline-watch.bpmn', 'utf8'))
  expect(shapes.length).toBeLessThanOrEqual(7)
})

describe('what spoils a drawing is found', () => {
  const spoilt = async (from: string, to: string) => {
    const xml = await readFile(PERMIT, 'utf8')
    expect(xml).toContain(from)
    return layoutFaults(await drawnIn(xml.replace(from, to)))
  }

  it('a line across another', async () => {
    const up = '<di:waypoint x="1470" y="490" /><di:waypoint x="1470" y="630" />'
    expect(await spoilt('<di:waypoint x="1470" y="630" />', up)).toContain(
      'WhatResult_to_ReviewResult and DraftSupplement_to_ApproveSupplement cross',
    )
  })

  it('a shape on another', async () => {
    const faults = await spoilt(
      '<dc:Bounds x="1270" y="740" width="100" height="80" />',
      '<dc:Bounds x="1150" y="740" width="100" height="80" />',
    )
    expect(faults).toContain('RequestConsultations lies on DraftRefusal')
  })

  it('a line that ends beside its shape', async () => {
    const faults = await spoilt('<di:waypoint x="395" y="360" />', '<di:waypoint x="405" y="360" />')
    expect(faults).toEqual(['Validate_to_Receive does not touch Validate'])
  })

  it('a flow that is not drawn', async () => {
    const xml = await readFile(PERMIT, 'utf8')
    const without = xml.replace(/<bpmndi:BPMNEdge id="Start_to_Validate_di"[\s\S]*?<\/bpmndi:BPMNEdge>/, '')
    expect(layoutFaults(await drawnIn(without))).toEqual(['Start_to_Validate is not drawn'])
  })
})
