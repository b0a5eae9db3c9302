import { baseIdOf } from '../../procedures/assemble.ts'
import { layoutOf, MESSAGES } from './layout.ts'
import type { Box, Layout, Point } from './layout-grid.ts'
import { type Flow, flowId, type Graph, graphOf, LANES, type Node, type Shape } from './shape.ts'

const NAMESPACES = [
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"',
  'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"',
  'xmlns:di="http://www.omg.org/spec/DD/20100524/DI"',
  'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"',
  'xmlns:modeler="http://camunda.org/schema/modeler/1.0"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
].join(' ')

/** The hourglass of waits, as in their element templates. */
const WAIT_ICON =
  "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20width='18'%20height='18'%20viewBox='0%200%2018%2018'%20fill='none'%20stroke='%23222'%20stroke-width='1.4'%3E%3Cpath%20d='M4%202h10M4%2016h10M5%202c0%204%203%205%204%207-1%202-4%203-4%207M13%202c0%204-3%205-4%207%201%202%204%203%204%207'/%3E%3C/svg%3E"

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': ' ' }
/** Text as it stands in an attribute of XML. */
export const xml = (text: string): string => text.replace(/[&<>"\n]/g, (sign) => ENTITIES[sign]!)
/** Text as it stands between the tags of XML. */
export const inner = (text: string): string => text.replace(/[&<>]/g, (sign) => ENTITIES[sign]!)

const SIZES: Record<Node['kind'], { width: number; height: number }> = {
  start: { width: 36, height: 36 },
  end: { width: 36, height: 36 },
  gateway: { width: 50, height: 50 },
  person: { width: 100, height: 80 },
  machine: { width: 100, height: 80 },
}
const TAGS: Record<Node['kind'], string> = {
  start: 'startEvent',
  end: 'endEvent',
  gateway: 'exclusiveGateway',
  person: 'userTask',
  machine: 'serviceTask',
}

/** A whole process.bpmn in the house style: collaboration, lanes, steps, conditions and drawing. */
export const diagramOf = (shape: Shape): string => write(shape, graphOf(shape), layoutOf(shape))

/** The same of steps and places that somebody has changed. */
export function write(shape: Shape, graph: Graph, layout: Layout): string {
  const id = baseIdOf(shape.code)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<bpmn:definitions ${NAMESPACES} id="definitions_${id}" targetNamespace="urn:mot-cua" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.5.0">`,
    ...collaboration(shape, id),
    ...processOf(shape, graph, id),
    ...drawing(layout, graph, id),
    '</bpmn:definitions>',
    '',
  ].join('\n')
}

function collaboration({ fee, consultation, exchange, pool }: Shape, id: string): string[] {
  const message = (key: keyof typeof MESSAGES, from: string, to: string) =>
    `    <bpmn:messageFlow id="Message_${key}" name="${MESSAGES[key]}" sourceRef="${from}" targetRef="${to}" />`
  return [
    `  <bpmn:collaboration id="collaboration_${id}">`,
    `    <bpmn:participant id="Pool" name="${xml(pool)}" processRef="${id}" />`,
    '    <bpmn:participant id="Applicant" name="Người nộp hồ sơ" />',
    ...(consultation
      ? [
          '    <bpmn:participant id="ConsultedBodies" name="Cơ quan được lấy ý kiến">',
          '      <bpmn:participantMultiplicity />',
          '    </bpmn:participant>',
        ]
      : []),
    ...(exchange ? [`    <bpmn:participant id="AskedSystem" name="${xml(exchange.pool)}" />`] : []),
    message('Filed', 'Applicant', 'Start'),
    ...(fee ? [message('Payment', 'Applicant', 'AwaitPayment')] : []),
    message('Receipt', 'Receive', 'Applicant'),
    message('Closing', 'CloseDossier', 'Applicant'),
    message('Supplement', 'Applicant', 'AwaitSupplement'),
    message('Form02', 'SendSupplement', 'Applicant'),
    message('Result', 'ReturnResult', 'Applicant'),
    ...(consultation
      ? [message('Question', 'Pool', 'ConsultedBodies'), message('Answer', 'ConsultedBodies', 'Pool')]
      : []),
    ...(exchange ? [message('Asked', 'Pool', 'AskedSystem'), message('Told', 'AskedSystem', 'Pool')] : []),
    '  </bpmn:collaboration>',
  ]
}

function processOf({ name, notes }: Shape, { nodes, flows }: Graph, id: string): string[] {
  const lanes = Object.entries(LANES).flatMap(([lane, label]) => {
    const inside = nodes.filter((node) => node.lane === lane)
    if (inside.length === 0) return []
    return [
      `      <bpmn:lane id="Lane_${lane}" name="${label}">`,
      ...inside.map((node) => `        <bpmn:flowNodeRef>${node.id}</bpmn:flowNodeRef>`),
      '      </bpmn:lane>',
    ]
  })
  return [
    `  <bpmn:process id="${id}" name="${xml(name)}" isExecutable="true">`,
    `    <bpmn:laneSet id="lanes_${id}">`,
    ...lanes,
    '    </bpmn:laneSet>',
    ...nodes.flatMap((node) => nodeXml(node, flows, notes[node.id])),
    ...flows.flatMap(flowXml),
    '  </bpmn:process>',
  ]
}

function nodeXml(node: Node, flows: Flow[], note: string | undefined): string[] {
  const tag = TAGS[node.kind]
  const name = node.name ? ` name="${xml(node.name)}"` : ''
  return [
    `    <bpmn:${tag} id="${node.id}"${name}${templateOf(node)}>`,
    ...(note ? [`      <bpmn:documentation>${inner(note)}</bpmn:documentation>`] : []),
    ...extensionOf(node),
    ...flows
      .filter(({ to }) => to === node.id)
      .map((flow) => `      <bpmn:incoming>${flowId(flow)}</bpmn:incoming>`),
    ...flows
      .filter(({ from }) => from === node.id)
      .map((flow) => `      <bpmn:outgoing>${flowId(flow)}</bpmn:outgoing>`),
    `    </bpmn:${tag}>`,
  ]
}

function templateOf(node: Node): string {
  if (node.kind !== 'machine') return ''
  const icon = node.job.startsWith('await.') ? ` zeebe:modelerTemplateIcon="${WAIT_ICON}"` : ''
  return ` zeebe:modelerTemplate="mot-cua.${node.job}"${icon}`
}

function extensionOf(node: Node): string[] {
  const around = (lines: string[]) => [
    '      <bpmn:extensionElements>',
    ...lines.map((line) => `        ${line}`),
    '      </bpmn:extensionElements>',
  ]
  if (node.kind === 'person')
    return around([
      '<zeebe:userTask />',
      `<zeebe:formDefinition externalReference="=&quot;${node.form}:&quot; + subjectId" />`,
    ])
  if (node.kind !== 'machine') return []
  const headers = Object.entries(node.headers ?? {})
  return around([
    `<zeebe:taskDefinition type="${node.job}" />`,
    ...(headers.length > 0
      ? [
          '<zeebe:taskHeaders>',
          ...headers.map(([key, value]) => `  <zeebe:header key="${key}" value="${value}" />`),
          '</zeebe:taskHeaders>',
        ]
      : []),
  ])
}

function flowXml(flow: Flow): string[] {
  const name = flow.name ? ` name="${xml(flow.name)}"` : ''
  const open = `    <bpmn:sequenceFlow id="${flowId(flow)}"${name} sourceRef="${flow.from}" targetRef="${flow.to}"`
  if (!flow.outcome) return [`${open} />`]
  return [
    `${open}>`,
    `      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=outcome = "${flow.outcome}"</bpmn:conditionExpression>`,
    '    </bpmn:sequenceFlow>',
  ]
}

const bounds = ({ x, y, width, height }: Box) =>
  `<dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}" />`
const labelXml = (label: Box | undefined) =>
  label ? [`        <bpmndi:BPMNLabel>${bounds(label)}</bpmndi:BPMNLabel>`] : []
const shapeXml = (id: string, place: Box, extra = '', label?: Box) => [
  `      <bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"${extra}>`,
  `        ${bounds(place)}`,
  ...labelXml(label),
  '      </bpmndi:BPMNShape>',
]
const edgeXml = (id: string, points: Point[], label?: Box) => [
  `      <bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}">`,
  ...points.map(({ x, y }) => `        <di:waypoint x="${x}" y="${y}" />`),
  ...labelXml(label),
  '      </bpmndi:BPMNEdge>',
]
const LYING = ' isHorizontal="true"'

function drawing(layout: Layout, { nodes, flows }: Graph, id: string): string[] {
  const { at, labels, ways, lanes, pool, applicant, partners, messages } = layout
  const around = (node: Node): Box => {
    const { width, height } = SIZES[node.kind]
    const { x, y } = at[node.id]!
    return { x: x - width / 2, y: y - height / 2, width, height }
  }
  const laneBox = (top: number, height: number): Box => ({
    x: pool.x + 30,
    y: top,
    width: pool.width - 30,
    height,
  })
  return [
    `  <bpmndi:BPMNDiagram id="diagram_${id}">`,
    `    <bpmndi:BPMNPlane id="plane_${id}" bpmnElement="collaboration_${id}">`,
    ...shapeXml('Pool', pool, LYING),
    ...lanes.flatMap(({ lane, top, height }) => shapeXml(`Lane_${lane}`, laneBox(top, height), LYING)),
    ...shapeXml('Applicant', applicant, LYING),
    ...(partners.consulted ? shapeXml('ConsultedBodies', partners.consulted, LYING) : []),
    ...(partners.asked ? shapeXml('AskedSystem', partners.asked, LYING) : []),
    ...nodes.flatMap((node) =>
      shapeXml(
        node.id,
        around(node),
        node.kind === 'gateway' ? ' isMarkerVisible="true"' : '',
        labels[node.id],
      ),
    ),
    ...flows.flatMap((flow) => edgeXml(flowId(flow), ways[flowId(flow)]!.points, ways[flowId(flow)]!.label)),
    ...Object.entries(messages).flatMap(([key, { points, label }]) =>
      edgeXml(`Message_${key}`, points, label),
    ),
    '    </bpmndi:BPMNPlane>',
    '  </bpmndi:BPMNDiagram>',
  ]
}
