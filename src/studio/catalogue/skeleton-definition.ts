import type { Channel, ProcedureDefinition } from '../../procedures/definition.ts'
import { allotmentsOf } from './allot.ts'
import type { CatalogueLimit, CatalogueRow, CatalogueStep } from './entry.ts'
import type { Shape } from './shape.ts'
import type { KeyedPaper } from './skeleton-form.ts'
import { agencyOf } from './skeleton-routing.ts'
import { phasesOf, stepsOf, waitsOf } from './skeleton-steps.ts'

const PORTAL = 'https://dichvucong.gov.vn/'

const UNITS: Record<CatalogueLimit['unit'], string> = {
  'working-day': 'ngày làm việc',
  'working-hour': 'giờ làm việc',
  'calendar-day': 'ngày',
  'same-day': 'trong ngày',
  month: 'tháng',
}

const portal = (row: CatalogueRow) =>
  `Danh mục thủ tục hành chính, ${row.code} (${row.decision || 'chưa ghi quyết định'})`

/** procedure.json of a row: what it says, and for the rest our choices, marked unverified. */
export function definitionOf(
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
