import type { ProcedureSource } from '../../../src/studio/source.ts'
import { sourceOf } from './sources.ts'

type Json = ReturnType<typeof JSON.parse>
/** A source whose data may be written to freely. */
export type Editable = Omit<ProcedureSource, 'definition' | 'eform'> & { definition: Json; eform: Json }

/** A procedure of the repository, redesigned: what `edit` does to a copy. */
export function redesigned(
  code: string,
  edit: (source: Editable) => void,
): { before: ProcedureSource; after: ProcedureSource } {
  const before = sourceOf(code) as unknown as ProcedureSource
  const after = structuredClone(before) as Editable
  edit(after)
  return { before, after: after as ProcedureSource }
}

/** Takes an element out of a diagram, with its drawing and what names it. */
export const without = (bpmn: string, id: string) =>
  bpmn
    .replace(new RegExp(`<bpmn:(\\w+) id="${id}"(?:[^>]*/>|[^]*?</bpmn:\\1>)\\s*`), '')
    .replace(new RegExp(`<bpmndi:(\\w+) id="${id}_di"[^]*?</bpmndi:\\1>\\s*`), '')
    .replaceAll(new RegExp(`<bpmn:(flowNodeRef|incoming|outgoing)>${id}</bpmn:\\1>\\s*`, 'g'), '')

/** Leads a line to another element, along the points given. */
export const ledTo = (bpmn: string, flow: string, target: string, points: [number, number][]) =>
  bpmn
    .replace(new RegExp(`(id="${flow}"[^>]*targetRef=")\\w+`), `$1${target}`)
    .replace(
      new RegExp(`(<bpmndi:BPMNEdge id="${flow}_di"[^>]*>)[^]*?(<bpmndi:BPMNLabel|</bpmndi:BPMNEdge>)`),
      (_, head: string, tail: string) =>
        head + points.map(([x, y]) => `<di:waypoint x="${x}" y="${y}" />`).join('') + tail,
    )

/** The initials of the head of unit go into the signature: one step and its question fewer (1.013225). */
export function mergeReviewIntoSignature(source: Editable): void {
  const { definition } = source
  const gone = ['ReviewResult_to_IsReviewed', 'IsReviewed_to_SignResult', 'IsReviewed_to_Appraise']
  let bpmn = source.bpmn
  bpmn = ledTo(bpmn, 'WhatResult_to_ReviewResult', 'SignResult', [
    [1195, 630],
    [1640, 630],
    [1640, 1095],
  ])
  bpmn = ledTo(bpmn, 'DraftRefusal_to_ReviewResult', 'SignResult', [
    [1370, 780],
    [1590, 780],
    [1590, 1135],
    [1610, 1135],
  ])
  bpmn = ledTo(bpmn, 'IsSigned_to_ReviewResult', 'Appraise', [
    [1765, 1160],
    [1765, 1190],
    [840, 1190],
    [840, 670],
  ])
  for (const id of [...gone, 'IsReviewed', 'ReviewResult']) bpmn = without(bpmn, id)
  source.bpmn = bpmn
  delete definition.steps.ReviewResult
  definition.steps.SignResult.outcomes.signed.promises.unshift('result.initial')
  for (const row of Object.values<Json>(definition.allotments)) delete row.ReviewResult
  for (const phase of definition.phases)
    phase.elements = phase.elements.filter((id: string) => id !== 'ReviewResult')
}

/** The land database is asked before the appraisal, in the drawing and in the data (1.013225). */
export function drawLandLookUp(source: Editable): void {
  const { definition } = source
  const task = (id: string, name: string, job: string, from: string, to: string) =>
    `<bpmn:serviceTask id="${id}" name="${name}" zeebe:modelerTemplate="mot-cua.${job}"><bpmn:extensionElements><zeebe:taskDefinition type="${job}" /></bpmn:extensionElements><bpmn:incoming>${from}</bpmn:incoming><bpmn:outgoing>${to}</bpmn:outgoing></bpmn:serviceTask>`
  const flow = (from: string, to: string) =>
    `<bpmn:sequenceFlow id="${from}_to_${to}" sourceRef="${from}" targetRef="${to}" />`
  const box = (id: string, x: number) =>
    `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="830" width="100" height="80" /></bpmndi:BPMNShape>`
  const edge = (id: string, points: [number, number][]) =>
    `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}">${points.map(([x, y]) => `<di:waypoint x="${x}" y="${y}" />`).join('')}</bpmndi:BPMNEdge>`
  source.bpmn = ledTo(source.bpmn, 'Assign_to_Appraise', 'AskLand', [
    [700, 700],
    [700, 830],
  ])
    .replace(
      '<bpmn:incoming>Assign_to_Appraise</bpmn:incoming>',
      '<bpmn:incoming>AwaitLand_to_Appraise</bpmn:incoming>',
    )
    .replace(
      /(<bpmn:userTask id="Appraise")/,
      `${task('AskLand', 'Tra cứu đất đai', 'exchange.request', 'Assign_to_Appraise', 'AskLand_to_AwaitLand')}${task('AwaitLand', 'Dữ liệu đất đai', 'await.exchange', 'AskLand_to_AwaitLand', 'AwaitLand_to_Appraise')}${flow('AskLand', 'AwaitLand')}${flow('AwaitLand', 'Appraise')}$1`,
    )
    .replace(
      '<bpmn:flowNodeRef>Appraise</bpmn:flowNodeRef>',
      '<bpmn:flowNodeRef>Appraise</bpmn:flowNodeRef><bpmn:flowNodeRef>AskLand</bpmn:flowNodeRef><bpmn:flowNodeRef>AwaitLand</bpmn:flowNodeRef>',
    )
    .replace(
      '</bpmndi:BPMNPlane>',
      `${box('AskLand', 650)}${box('AwaitLand', 780)}${edge('AskLand_to_AwaitLand', [
        [750, 870],
        [780, 870],
      ])}${edge('AwaitLand_to_Appraise', [
        [830, 830],
        [830, 670],
      ])}</bpmndi:BPMNPlane>`,
    )
  definition.waits.AwaitLand = {
    name: { vi: 'Dữ liệu đất đai' },
    type: 'await.exchange',
    holder: 'officer',
    outcomes: ['answered', 'refused'],
  }
  definition.exchanges = {
    ...definition.exchanges,
    AskLand: {
      system: 'land',
      wait: 'AwaitLand',
      fields: { identityNo: 'applicant.identityNo' },
      answers: { certificate: { vi: 'Giấy chứng nhận' } },
    },
  }
}

/** Land papers are looked up in place of being brought. */
export function lookUpLand(source: Editable): void {
  drawLandLookUp(source)
  const paper = source.definition.papers.find(({ key }: Json) => key === 'land')
  paper.requiredFor = null
  paper.lookUp = {
    exchange: 'AskLand',
    basis: { text: 'Điều 53 NĐ 175/2024', source: 'Phụ lục II', verified: false },
  }
}

/** Land papers are looked up; works other than houses are promised in 8 days instead of 10. */
export function lookUpLandAndPromiseEightDays(source: Editable): void {
  lookUpLand(source)
  const { definition } = source
  definition.limits[1].committed.value = 8
  definition.allotments.other.Appraise.value = 40
}

/** Shapes and lines moved and coloured, tags written otherwise: nothing that says anything. */
export const redrawn = (bpmn: string) =>
  bpmn
    .replaceAll(/(<dc:Bounds x=")(\d+)/g, (_, head: string, x: string) => `${head}${Number(x) + 37}`)
    .replaceAll(/(<di:waypoint x=")(\d+)/g, (_, head: string, x: string) => `${head}${Number(x) + 37}`)
    .replaceAll(
      '<bpmndi:BPMNShape ',
      '<bpmndi:BPMNShape xmlns:color="http://www.omg.org/spec/BPMN/non-normative/color/1.0" color:background-color="#ffe0b2" ',
    )
    .replaceAll(/ zeebe:modelerTemplateIcon="[^"]*"/g, '')
