import type { Channel } from '../../procedures/definition.ts'
import type { Text } from '../../text.ts'
import { type ProcedureSource, procedureSource } from '../source.ts'
import { allotmentsOf, elementsOf, hoursIn } from './allot.ts'
import { diagramOf } from './diagram.ts'
import type { CatalogueLimit, CatalogueRow, CatalogueStep } from './entry.ts'
import type { Shape } from './shape.ts'
import { definitionOf } from './skeleton-definition.ts'
import { examplesOf } from './skeleton-examples.ts'
import { formOf, keyed, sampleAnswers } from './skeleton-form.ts'
import { routingOf } from './skeleton-routing.ts'

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
export function skeletonOf(given: CatalogueRow, steps: CatalogueStep[] = []): ProcedureSource {
  const faults = skeletonFaults(given, steps)
  const { limit, unit } = given
  if (faults.length > 0 || !limit || !unit) throw new SkeletonError(faults)
  const channels: Channel[] =
    given.onlineLevel === 'information' ? ['DIRECT', 'POSTAL'] : ['ONLINE', 'DIRECT', 'POSTAL']
  // A fee of a way in that is not offered is owed by nobody.
  const fees = Object.fromEntries(
    Object.entries(given.fees).filter(([channel]) => channels.includes(channel as Channel)),
  )
  const row = { ...given, fees }
  const shape = shapeOf(row, steps)
  const papers = keyed(row.papers)
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

const plainJson = (value: object) => JSON.parse(JSON.stringify(value))
