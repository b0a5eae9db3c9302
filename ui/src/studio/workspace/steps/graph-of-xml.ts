import { allElements, attribute, elements, readXml, textIn } from '../../panels/model/xml.ts'
import type { Graph } from './graph.ts'
import { graphOfProcess, type Moddle } from './graph-of.ts'

/** A diagram's text as a graph, where no modeller is open; null while it cannot be read. */
export const graphOfXml = (bpmn: string): Graph | null => {
  try {
    const processes = allElements(readXml(bpmn), 'process')
    const process = processes.find((each) => allElements(each, 'startEvent').length > 0) ?? processes[0]
    if (!process) return null
    const flowElements = process.children.flatMap((each): Moddle[] => {
      if (each.kind !== 'element') return []
      const name = each.name.slice(each.name.indexOf(':') + 1)
      const refers = (to: string) => ({ $type: '', id: attribute(each, to) })
      const condition = elements(each, 'conditionExpression')[0]
      const definition = allElements(each, 'taskDefinition')[0]
      return attribute(each, 'id') === '' || name === 'laneSet'
        ? []
        : [
            {
              $type: `bpmn:${name[0]!.toUpperCase()}${name.slice(1)}`,
              id: attribute(each, 'id'),
              name: attribute(each, 'name'),
              ...(name === 'sequenceFlow' && {
                sourceRef: refers('sourceRef'),
                targetRef: refers('targetRef'),
              }),
              ...(condition && { conditionExpression: { body: textIn(condition).trim() } }),
              ...(definition && {
                extensionElements: {
                  values: [{ $type: 'zeebe:TaskDefinition', type: attribute(definition, 'type') }],
                },
              }),
            },
          ]
    })
    return graphOfProcess({ $type: 'bpmn:Process', id: attribute(process, 'id'), flowElements })
  } catch {
    return null
  }
}
