/** Flow nodes of a row of the drawing. */
const PER_ROW = 25
const STEP = { x: 150, y: 140 }

export type Drawn = { bpmn: string; steps: string[] }

/**
 * A drawing of so many elements, nodes and flows counted: people's steps one after the other, every fifth node a question
 * with a second way. No procedure is so large; the editor must bear it.
 */
export function largeDrawing(elements: number, processId: string): Drawn {
  const nodes = Math.floor(elements / 2.2)
  const idOf = (n: number) =>
    n === 0 ? 'Start' : n === nodes - 1 ? 'Returned' : isQuestion(n) ? `Q${n}` : `S${n}`
  const isQuestion = (n: number) => n % 5 === 4 && n < nodes - 3
  const flows = Array.from({ length: nodes - 1 }, (_, n) => [n, n + 1] as const).flatMap(([from, to]) =>
    isQuestion(from)
      ? [
          { from, to, outcome: 'approved' },
          { from, to: to + 1, outcome: 'denied' },
        ]
      : [{ from, to, outcome: '' }],
  )
  const flowId = ({ from, to }: { from: number; to: number }) => `F${from}_${to}`
  const kind = (n: number) =>
    n === 0 ? 'startEvent' : n === nodes - 1 ? 'endEvent' : isQuestion(n) ? 'exclusiveGateway' : 'userTask'
  const size = (n: number) =>
    ({ userTask: [100, 80], exclusiveGateway: [50, 50] })[kind(n) as 'userTask'] ?? [36, 36]
  const middle = (n: number) => ({
    x: 300 + (n % PER_ROW) * STEP.x,
    y: 200 + Math.floor(n / PER_ROW) * STEP.y,
  })
  const ways = (n: number) =>
    flows
      .flatMap((flow) => [
        ...(flow.to === n ? [`<incoming>${flowId(flow)}</incoming>`] : []),
        ...(flow.from === n ? [`<outgoing>${flowId(flow)}</outgoing>`] : []),
      ])
      .sort()
      .join('')
  const form = `<extensionElements><zeebe:userTask /><zeebe:formDefinition externalReference="=&quot;appraise:&quot; + subjectId" /></extensionElements>`
  const numbers = Array.from({ length: nodes }, (_, n) => n)
  const rows = Math.ceil(nodes / PER_ROW)
  const bpmn = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="urn:mot-cua">',
    `<collaboration id="Large"><participant id="Pool" name="UBND cấp xã" processRef="${processId}" /></collaboration>`,
    `<process id="${processId}" isExecutable="true">`,
    ...numbers.map((n) => {
      const name = kind(n) === 'userTask' ? `Bước số ${n}` : isQuestion(n) ? `Đạt số ${n}?` : idOf(n)
      return `<${kind(n)} id="${idOf(n)}" name="${name}">${kind(n) === 'userTask' ? form : ''}${ways(n)}</${kind(n)}>`
    }),
    ...flows.map((flow) =>
      flow.outcome
        ? `<sequenceFlow id="${flowId(flow)}" name="${flow.outcome}" sourceRef="${idOf(flow.from)}" targetRef="${idOf(flow.to)}"><conditionExpression xsi:type="tFormalExpression">=outcome = "${flow.outcome}"</conditionExpression></sequenceFlow>`
        : `<sequenceFlow id="${flowId(flow)}" sourceRef="${idOf(flow.from)}" targetRef="${idOf(flow.to)}" />`,
    ),
    '</process>',
    '<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="Large">',
    `<bpmndi:BPMNShape id="Pool_di" bpmnElement="Pool" isHorizontal="true"><dc:Bounds x="160" y="100" width="${PER_ROW * STEP.x + 120}" height="${rows * STEP.y + 60}" /></bpmndi:BPMNShape>`,
    ...numbers.map((n) => {
      const { x, y } = middle(n)
      const [width, height] = size(n) as [number, number]
      return `<bpmndi:BPMNShape id="${idOf(n)}_di" bpmnElement="${idOf(n)}"><dc:Bounds x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" /></bpmndi:BPMNShape>`
    }),
    ...flows.map((flow) => {
      const [a, b] = [middle(flow.from), middle(flow.to)]
      return `<bpmndi:BPMNEdge id="${flowId(flow)}_di" bpmnElement="${flowId(flow)}"><di:waypoint x="${a.x}" y="${a.y}" /><di:waypoint x="${b.x}" y="${b.y}" /></bpmndi:BPMNEdge>`
    }),
    '</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>',
  ].join('\n')
  return { bpmn, steps: numbers.filter((n) => kind(n) === 'userTask').map(idOf) }
}
