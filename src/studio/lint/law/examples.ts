import { answersOf, type Law, needed } from '../facts.ts'
import { faultOf } from '../rules.ts'

const MOST_PER_EXAMPLE = 20

/** Examples walk what is drawn and end where a diagram ends. */
export const examples: Law = (facts) => {
  const { graph } = facts
  const definition = needed(facts, 'steps', 'waits', 'cases')
  if (!graph || !definition) return []
  if (facts.source.examples.length === 0)
    return [
      faultOf('no-examples', {
        message: { vi: 'Thủ tục chưa có ví dụ nào.', en: 'The procedure has no example.' },
      }),
    ]
  return facts.examples.flatMap(({ name, content }) => {
    const say = (field: string, vi: string, en: string, elementId: string | null = null) =>
      faultOf('example-fits', {
        elementId,
        field: `${name}: ${field}`,
        message: { vi: `Ví dụ “${content.name.vi}”: ${vi}`, en: `Example ${name}: ${en}` },
      })
    const faults = content.walk.flatMap(({ element, outcome }, n) => {
      const node = graph.nodes.get(element)
      if (!node)
        return [
          say(`walk.${n}`, `đi qua “${element}”, sơ đồ không có.`, `walks “${element}”, which is not drawn.`),
        ]
      return answersOf(node, definition).includes(outcome)
        ? []
        : [
            say(
              `walk.${n}`,
              `bước “${node.name}” không có kết quả "${outcome}".`,
              `“${node.name}” has no outcome "${outcome}".`,
              element,
            ),
          ]
    })
    if (graph.nodes.get(content.ends)?.kind !== 'end')
      faults.push(
        say(
          'ends',
          `kết thúc ở “${content.ends}”, không phải sự kiện kết thúc.`,
          `ends at “${content.ends}”, which is no end.`,
        ),
      )
    if (!definition.cases.some(({ key }) => key === content.case))
      faults.push(
        say('case', `trường hợp "${content.case}" không có.`, `there is no case "${content.case}".`),
      )
    return faults.slice(0, MOST_PER_EXAMPLE)
  })
}
