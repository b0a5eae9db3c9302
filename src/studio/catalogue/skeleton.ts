import type { Channel, ProcedureDefinition } from '../../procedures/definition.ts'
import type { Text } from '../../text.ts'
import { type ProcedureSource, procedureSource } from '../source.ts'
import { allotmentsOf, elementsOf, hoursIn } from './allot.ts'
import { diagramOf } from './diagram.ts'
import type { CatalogueLimit, CatalogueRow, CatalogueStep } from './entry.ts'
import type { Shape } from './shape.ts'
import { examplesOf } from './skeleton-examples.ts'
import { formOf, type KeyedPaper, keyed, sampleAnswers } from './skeleton-form.ts'
import { agencyOf, routingOf } from './skeleton-routing.ts'
import { phasesOf, stepsOf, waitsOf } from './skeleton-steps.ts'

export type NamedExample = ProcedureSource['examples'][number]

/** What the row does not say and a procedure cannot do without; `field` names the column to mend. */
export type SkeletonFault = { field: string; message: Required<Text> }

export class SkeletonError extends Error {
  override name = 'SkeletonError'
  readonly faults: SkeletonFault[]
  constructor(faults: SkeletonFault[]) {
    super(faults.map(({ message }) => message.vi).join(' '))
    this.faults = faults
  }
}

const fault = (field: string, vi: string, en: string): SkeletonFault => ({ field, message: { vi, en } })

const PORTAL = 'https://dichvucong.gov.vn/'
const TAX: NonNullable<Shape['exchange']> = {
  request: 'Hỏi cơ quan thuế',
  wait: 'Chờ cơ quan thuế',
  question: 'Thuế đã trả lời?',
  pool: 'Cơ quan thuế',
  ids: { request: 'RequestTax', wait: 'AwaitTax', question: 'IsTaxAnswered' },
}

/** Why no skeleton can be made of a row; empty when one can. */
export function skeletonFaults(row: CatalogueRow, steps: CatalogueStep[] = []): SkeletonFault[] {
  const faults: SkeletonFault[] = []
  if (!row.limit)
    faults.push(
      fault(
        'limit',
        `Danh mục chưa có con số thời hạn (${row.limitText || 'để trống'}); ghi số và đơn vị theo văn bản.`,
        `The catalogue gives no figure for the limit (${row.limitText || 'empty'}); write the figure and unit of the text.`,
      ),
    )
  else if (hoursIn(row.limit) === null)
    faults.push(
      fault(
        'limit',
        'Thời hạn tính bằng tháng: ghi số ngày theo văn bản để hệ thống tính được hạn.',
        'The limit is in months: write the days of the text, so that a due date can be computed.',
      ),
    )
  if (!row.unit)
    faults.push(
      fault(
        'unit',
        'Chưa biết đơn vị thụ lý; ghi mã đơn vị (T00.S03.CM), hoặc place.KT cho phòng của xã.',
        'Nobody has said which unit works on it; write its code (T00.S03.CM), or place.KT for that of the commune.',
      ),
    )
  if (row.places.length === 0)
    faults.push(
      fault('unit', 'Chưa có xã nào trong danh sách cơ quan.', 'The record of agencies has no commune yet.'),
    )
  if (row.results.length === 0)
    faults.push(fault('results', 'Chưa ghi kết quả của thủ tục.', 'The result of the procedure is missing.'))
  if (row.limit && faults.length === 0) faults.push(...allotmentFaults(row, row.limit, steps))
  return faults
}

function allotmentFaults(row: CatalogueRow, limit: CatalogueLimit, steps: CatalogueStep[]): SkeletonFault[] {
  const most = hoursIn(limit)
  const allotted = Object.values(allotmentsOf(limit, steps, shapeOf(row, steps)))
  const sum = allotted.reduce((total, { value }) => total + value, 0)
  if (most === null || sum <= most) return []
  return [
    fault(
      'steps',
      `Các bước cộng lại ${sum} giờ làm việc, thời hạn chỉ có ${most} giờ; sửa bảng bước.`,
      `The steps take ${sum} working hours, the limit holds ${most}; correct the step table.`,
    ),
  ]
}

function shapeOf(row: CatalogueRow, steps: CatalogueStep[]): Shape {
  const roles = new Set(steps.map(({ role }) => role))
  const shape: Shape = {
    code: row.code,
    name: row.name.vi,
    pool: row.agency,
    fee: Object.keys(row.fees).length > 0,
    unitHead: steps.length === 0 || roles.has('unit-head'),
    consultation: steps.some(({ role, bodies }) => role === 'consulted' && bodies.length > 0),
    exchange: roles.has('tax') ? TAX : null,
    notes: {},
  }
  elementsOf(steps, shape).forEach((element, n) => {
    const { number, action } = steps[n]!
    if (!element || !action) return
    const note = `Bước ${number}: ${action}`
    shape.notes[element] = shape.notes[element] ? `${shape.notes[element]} ${note}` : note
  })
  return shape
}

/**
 * A whole procedure from a row of the catalogue, with the approved table of its steps where there is one: diagram in the
 * house style, form, papers, routing, limits, time allotted and examples. It assembles and lints clean; what the row
 * does not say is our choice and marked unverified.
 * @throws SkeletonError naming what the row lacks
 */
export function skeletonOf(row: CatalogueRow, steps: CatalogueStep[] = []): ProcedureSource {
  const faults = skeletonFaults(row, steps)
  const { limit, unit } = row
  if (faults.length > 0 || !limit || !unit) throw new SkeletonError(faults)
  const shape = shapeOf(row, steps)
  const papers = keyed(row.papers)
  const channels: Channel[] =
    row.onlineLevel === 'information' ? ['DIRECT', 'POSTAL'] : ['ONLINE', 'DIRECT', 'POSTAL']
  const definition = definitionOf(row, limit, steps, shape, papers, channels)
  return procedureSource.parse({
    definition: plainJson(definition),
    eform: plainJson(formOf(papers)),
    bpmn: diagramOf(shape),
    dmn: routingOf(row, unit),
    results: [],
    examples: examplesOf({
      shape,
      channels,
      place: row.places[0]!,
      formData: sampleAnswers(row),
      papers: papers.filter(({ optional, presentOnly }) => !optional && !presentOnly).map(({ key }) => key),
    }),
  })
}

const UNITS: Record<CatalogueLimit['unit'], string> = {
  'working-day': 'ngày làm việc',
  'working-hour': 'giờ làm việc',
  'calendar-day': 'ngày',
  'same-day': 'trong ngày',
  month: 'tháng',
}

const plainJson = (value: object) => JSON.parse(JSON.stringify(value))
const portal = (row: CatalogueRow) =>
  `Danh mục thủ tục hành chính, ${row.code} (${row.decision || 'chưa ghi quyết định'})`

function definitionOf(
  row: CatalogueRow,
  limit: CatalogueLimit,
  steps: CatalogueStep[],
  shape: Shape,
  papers: KeyedPaper[],
  channels: Channel[],
): ProcedureDefinition {
  const span = { value: limit.value, unit: limit.unit as Exclude<CatalogueLimit['unit'], 'month'> }
  const sameDay = span.unit === 'same-day'
  const fees = Object.entries(row.fees) as [Channel, number][]
  const asked = steps.filter(({ role, bodies }) => role === 'consulted' && bodies.length > 0)
  return {
    code: row.code,
    name: row.name,
    field: { vi: row.field },
    level: row.level,
    counter: row.level === 'commune' ? 'place' : 'province',
    deciding: row.level === 'province' ? 'counter' : 'lead',
    sample: row.sample,
    decision: {
      number: 'Chưa ban hành',
      date: row.asOf,
      signer: 'Chưa ban hành',
      sample: true,
      verified: false,
    },
    catalogue: {
      decision: row.decision || 'Chưa ghi',
      source: row.source ?? PORTAL,
      verified: row.verified,
      agency: { vi: row.agency },
      fee: { vi: row.feeText || (fees.length > 0 ? 'Theo danh mục' : 'Không có thông tin') },
      results: row.results.map((vi) => ({ vi })),
      notes: [
        {
          vi: 'Bộ khung sinh từ danh mục: biểu mẫu, thời gian từng bước và ví dụ là mẫu, cần rà soát trước khi ban hành.',
          en: 'A skeleton made from the catalogue: form, time of each step and examples are samples to be gone over before publishing.',
        },
      ],
    },
    channels,
    cases: [{ key: 'general', name: { vi: 'Mọi trường hợp', en: 'Every case' }, when: null }],
    limits: [
      {
        case: 'general',
        legal: span,
        committed: { ...span, decision: null },
        basis: {
          text: row.limitText || `${span.value} ${UNITS[span.unit]}`,
          source: portal(row),
          verified: row.verified,
        },
      },
    ],
    clockMode: {
      mode: 'RESTART',
      basis: {
        text: 'Thời hạn giải quyết được tính lại từ đầu sau khi nhận đủ hồ sơ',
        source: 'NĐ 61/2018/NĐ-CP Điều 19 khoản 4',
        verified: true,
      },
    },
    reception: {
      limit: { value: 8, unit: 'working-hour' },
      basis: {
        text: 'Hạn tiếp nhận 8 giờ làm việc',
        source: 'Cách hiểu của hệ thống, chưa tìm thấy văn bản',
        verified: false,
      },
      rules: sameDay ? ['handOver', 'sameDayResult'] : ['handOver'],
    },
    supplement: {
      rounds: [
        {
          stage: 'notice',
          max: 1,
          within: { value: 3, unit: 'working-day' },
          basis: {
            text: 'Yêu cầu bổ sung một lần, trong 3 ngày làm việc kể từ ngày nhận',
            source: 'NĐ 61/2018/NĐ-CP Điều 19 khoản 4',
            verified: !sameDay,
          },
        },
      ],
      refusalWithin: { value: sameDay ? 1 : 3, unit: 'working-day' },
      wait: {
        limit: { value: 30, unit: 'calendar-day' },
        basis: {
          text: 'Người nộp không bổ sung trong 30 ngày thì đóng hồ sơ',
          source: 'Lựa chọn của hệ thống, chưa tìm thấy văn bản',
          verified: false,
        },
      },
    },
    consultation: asked.length > 0 ? consultationOf(row, asked) : null,
    confirmation: null,
    result: {
      template: 'grant',
      holder: { name: 'ownerName', identifier: 'ownerIdentityNo', address: 'contactAddress' },
    },
    fees: fees.map(([channel, amount]) => ({
      channel,
      amount,
      basis: { text: row.feeText || 'Số tiền ghi trong danh mục', source: portal(row), verified: false },
    })),
    payment:
      fees.length > 0
        ? {
            limit: { value: 5, unit: 'working-day' },
            basis: {
              text: 'Không nộp phí trong 5 ngày làm việc thì đóng hồ sơ',
              source: 'Lựa chọn của hệ thống, chưa tìm thấy văn bản',
              verified: false,
            },
          }
        : null,
    exchanges: shape.exchange
      ? {
          [shape.exchange.ids.request]: {
            system: 'tax',
            wait: shape.exchange.ids.wait,
            fields: { name: 'ownerName', identityNo: 'ownerIdentityNo' },
            answers: {},
            clock: 'RUNS',
          },
        }
      : {},
    children: [],
    resultTemplates: [],
    phrases: [],
    apology: { signer: 'leader' },
    signer: { role: 'leader' },
    papers: papers.map((paper) => paperOf(paper, channels)),
    allotments: { general: allotmentsOf(limit, steps, shape) },
    steps: row.level === 'province' ? decidedAbove(stepsOf(shape)) : stepsOf(shape),
    waits: waitsOf(shape),
    phases: phasesOf(shape),
  }
}

/** The province's People's Committee signs and numbers what a department has prepared. */
const decidedAbove = (steps: ProcedureDefinition['steps']): ProcedureDefinition['steps'] =>
  Object.fromEntries(
    Object.entries(steps).map(([id, step]) => [
      id,
      ['SignResult', 'NumberResult'].includes(id) ? { ...step, agency: 'deciding' as const } : step,
    ]),
  )

const FORMATS = ['application/pdf', 'image/jpeg', 'image/png']

const paperOf = (paper: KeyedPaper, channels: Channel[]): ProcedureDefinition['papers'][number] => ({
  key: paper.key,
  name: { vi: paper.name },
  original: paper.original,
  copies: paper.copies,
  requiredFor: paper.optional || paper.presentOnly ? null : { cases: ['general'], channels },
  presentOnly: paper.presentOnly,
  reusableData: paper.reusableData,
  accept: FORMATS,
  maxBytes: 26_214_400,
})

function consultationOf(
  row: CatalogueRow,
  asked: CatalogueStep[],
): NonNullable<ProcedureDefinition['consultation']> {
  const hours = Math.max(...asked.map((one) => one.hours ?? 0))
  return {
    limit: hours > 0 ? { value: hours, unit: 'working-hour' } : { value: 3, unit: 'working-day' },
    onSilence: 'REPORT',
    basis: {
      text: 'Cơ quan được hỏi trả lời trong thời gian của bảng bước; không trả lời thì báo người đứng đầu bộ phận một cửa',
      source: `Bảng bước của ${row.code}; NĐ 61/2018/NĐ-CP Điều 19 khoản 5 điểm b`,
      verified: false,
    },
    bodies: asked.flatMap(({ bodies, action }) =>
      bodies.map((unit) => ({
        agency: agencyOf(unit),
        unit,
        question: { vi: action || 'Đề nghị cho ý kiến.' },
      })),
    ),
  }
}
