import { diff } from 'bpmn-js-differ'
import type { Change } from './change.ts'
import type { Diagram, DiagramFlow, DiagramNode, Named } from './diagram.ts'
import { absorbed } from './flows.ts'
import { branchWords, kindOf, nameOfNode, nodeWords } from './node-words.ts'
import { quoted, say } from './words.ts'

type Drawn = { before: Diagram; after: Diagram }

type Differ = {
  _added: Record<string, unknown>
  _removed: Record<string, unknown>
  _changed: Record<string, unknown>
}

const change = (
  kind: Change['kind'],
  elementId: string,
  words: Change['words'],
  values: Partial<Pick<Change, 'before' | 'after' | 'marks' | 'part'>> = {},
): Change => ({
  part: 'diagram',
  elementId,
  field: null,
  kind,
  before: null,
  after: null,
  words,
  marks: {
    before: kind === 'added' ? [] : [elementId],
    after: kind === 'removed' ? [] : [elementId],
  },
  ...values,
})

/** Nodes that both diagrams have, and differ in something that is not their place on the page. */
function changedNodes({ before, after }: Drawn, touched: Set<string>): Change[] {
  const laneName = (diagram: Diagram, id: string | null) => (id && diagram.lanes.get(id)?.name) || (id ?? '')
  return [...after.nodes.values()].flatMap((is) => {
    const was = before.nodes.get(is.id)
    if (!was) return []
    const found: Change[] = []
    const put = (vi: string, en: string, values: { before: string | null; after: string | null }) =>
      found.push(change('changed', is.id, say(vi, en), values))
    const name = nodeWords(is)
    if (was.name !== is.name) {
      const [old, now] = [nameOfNode(was, was.id), nameOfNode(is, is.id)]
      const kind = kindOf(is)
      put(
        `Đổi tên ${kind.vi} ${old.vi} thành ${now.vi}`,
        `The ${kind.en} ${old.en} is now called ${now.en}`,
        {
          before: was.name,
          after: is.name,
        },
      )
    }
    // A lane drawn anew under another id, with the same name, is the same lane to whoever reads it.
    const [from, to] = [laneName(before, was.lane), laneName(after, is.lane)]
    if (from !== to)
      put(
        `Chuyển ${name.vi} từ làn “${from}” sang làn “${to}”`,
        `The ${name.en} moves from lane “${from}” to “${to}”`,
        {
          before: from,
          after: to,
        },
      )
    // The differ says that something in the element differs; these are what the engine reads of it.
    if (!touched.has(is.id)) return found
    if (was.type !== is.type)
      put(`${capital(name.vi)} đổi loại ký hiệu`, `The ${name.en} is of another kind`, {
        before: was.type,
        after: is.type,
      })
    if (was.job !== is.job)
      put(`${capital(name.vi)} làm việc khác`, `The ${name.en} does another job`, {
        before: was.job,
        after: is.job,
      })
    if (was.form !== is.form)
      put(`${capital(name.vi)} mở màn hình xử lý khác`, `The ${name.en} opens another panel`, {
        before: was.form,
        after: is.form,
      })
    if (was.rest !== is.rest)
      put(`${capital(name.vi)} đổi thiết lập chạy`, `The ${name.en} runs with other settings`, {
        before: was.rest,
        after: is.rest,
      })
    return found
  })
}

export const capital = (words: string) => words.charAt(0).toLocaleUpperCase('vi') + words.slice(1)

const sameFlow = (a: DiagramFlow, b: DiagramFlow) => a.source === b.source && a.target === b.target

/** Ways from one kept element to another that are new or gone. What only goes round an added or removed element is its own. */
function changedFlows({ before, after }: Drawn, carried: Set<string>): Change[] {
  const found: Change[] = []
  const gone = [...before.flows.values()].filter(({ id, ...flow }) => {
    const is = after.flows.get(id)
    return !(is && sameFlow({ id, ...flow }, is)) && !carried.has(`before:${id}`)
  })
  const come = [...after.flows.values()].filter(({ id, ...flow }) => {
    const was = before.flows.get(id)
    return !(was && sameFlow({ id, ...flow }, was)) && !carried.has(`after:${id}`)
  })
  for (const flow of come) {
    // Drawn anew between the same two elements: the same way, unless it asks something else.
    const twin = gone.findIndex((other) => sameFlow(other, flow) && other.condition === flow.condition)
    if (twin >= 0) {
      gone.splice(twin, 1)
      continue
    }
    const instead = gone.findIndex((other) => other.source === flow.source && other.name === flow.name)
    const branch = branchWords(flow, after)
    const to = nameOfNode(after.nodes.get(flow.target), flow.target)
    if (instead >= 0) {
      const [old] = gone.splice(instead, 1)
      const from = nameOfNode(before.nodes.get(old!.target), old!.target)
      found.push(
        change(
          'changed',
          flow.id,
          say(
            `Sau ${branch.vi}: tới ${to.vi} thay vì ${from.vi}`,
            `After ${branch.en}: to ${to.en} in place of ${from.en}`,
          ),
          {
            before: old!.target,
            after: flow.target,
            marks: { before: [old!.id], after: [flow.id] },
          },
        ),
      )
    } else
      found.push(
        change(
          'added',
          flow.id,
          say(`Thêm đường đi: ${branch.vi} tới ${to.vi}`, `New way: ${branch.en} to ${to.en}`),
          {
            after: flow.target,
          },
        ),
      )
  }
  for (const flow of gone) {
    const branch = branchWords(flow, before)
    const to = nameOfNode(before.nodes.get(flow.target), flow.target)
    found.push(
      change(
        'removed',
        flow.id,
        say(`Bỏ đường đi: ${branch.vi} tới ${to.vi}`, `Way taken out: ${branch.en} to ${to.en}`),
        {
          before: flow.target,
        },
      ),
    )
  }
  for (const flow of after.flows.values()) {
    const was = before.flows.get(flow.id)
    if (!was || !sameFlow(was, flow)) continue
    const branch = branchWords(flow, after)
    if (was.condition !== flow.condition)
      found.push(
        change('changed', flow.id, say(`${branch.vi}: điều kiện khác`, `${branch.en}: another condition`), {
          before: was.condition,
          after: flow.condition,
        }),
      )
    if (was.name !== flow.name)
      found.push(
        change(
          'changed',
          flow.id,
          say(
            `Đổi tên nhánh “${was.name}” thành “${flow.name}”`,
            `The branch “${was.name}” is now called “${flow.name}”`,
          ),
          {
            before: was.name,
            after: flow.name,
          },
        ),
      )
  }
  return found
}

type Kind = { added: [string, string]; removed: [string, string]; noun: [string, string] }
const KINDS: Record<'lanes' | 'participants' | 'notes' | 'messages', Kind> = {
  lanes: { noun: ['làn', 'lane'], added: ['Thêm làn', 'New lane'], removed: ['Bỏ làn', 'Lane taken out'] },
  participants: {
    noun: ['bên tham gia', 'participant'],
    added: ['Thêm bên tham gia', 'New participant'],
    removed: ['Bỏ bên tham gia', 'Participant taken out'],
  },
  notes: {
    noun: ['ghi chú', 'note'],
    added: ['Thêm ghi chú', 'New note'],
    removed: ['Bỏ ghi chú', 'Note taken out'],
  },
  messages: {
    noun: ['giấy tờ trao đổi', 'message'],
    added: ['Thêm giấy tờ trao đổi', 'New message'],
    removed: ['Bỏ giấy tờ trao đổi', 'Message taken out'],
  },
}

/** Lanes, participants, notes and messages: what has a name and no way through it. */
function changedNames({ before, after }: Drawn, part: keyof typeof KINDS, skipped: Set<string>): Change[] {
  const words = KINDS[part]
  const [was, is] = [before[part] as Map<string, Named>, after[part] as Map<string, Named>]
  const called = ({ id, name }: Named) => quoted(say(name || id, name || id))
  const found: Change[] = []
  for (const one of is.values()) {
    const old = was.get(one.id)
    const name = called(one)
    if (!old) {
      if (skipped.has(one.id)) continue
      found.push(
        change('added', one.id, say(`${words.added[0]} ${name.vi}`, `${words.added[1]} ${name.en}`), {
          after: one.name,
        }),
      )
    } else if (old.name !== one.name) {
      const previous = called(old)
      found.push(
        change(
          'changed',
          one.id,
          say(
            `Đổi tên ${words.noun[0]} ${previous.vi} thành ${name.vi}`,
            `The ${words.noun[1]} ${previous.en} is now called ${name.en}`,
          ),
          {
            before: old.name,
            after: one.name,
          },
        ),
      )
    } else if (part === 'messages') {
      const [a, b] = [before.messages.get(one.id)!, after.messages.get(one.id)!]
      if (!sameFlow(a, b))
        found.push(
          change(
            'changed',
            one.id,
            say(
              `Giấy tờ trao đổi ${name.vi} đi giữa hai nơi khác`,
              `The message ${name.en} runs between other places`,
            ),
            { before: `${a.source} → ${a.target}`, after: `${b.source} → ${b.target}` },
          ),
        )
    }
  }
  for (const one of was.values())
    if (!is.has(one.id) && !skipped.has(one.id)) {
      const name = called(one)
      found.push(
        change('removed', one.id, say(`${words.removed[0]} ${name.vi}`, `${words.removed[1]} ${name.en}`), {
          before: one.name,
        }),
      )
    }
  return found
}

export type NodeChanges = {
  changes: Change[]
  /** Added and removed elements, with what in the drawing goes with them. */
  added: { node: DiagramNode; marks: Change['marks'] }[]
  removed: { node: DiagramNode; marks: Change['marks'] }[]
}

/**
 * What two diagrams say differently. Where something stands on the page, and its colour, is none of it. Steps that came
 * or went are told apart, for the data have more to say of them.
 */
export function drawnChanges(drawn: Drawn): NodeChanges {
  const { before, after } = drawn
  const { _added, _removed, _changed } = diff(before.root, after.root) as Differ
  const isNew = [...after.nodes.values()].filter(({ id }) => id in _added || !before.nodes.has(id))
  const isGone = [...before.nodes.values()].filter(({ id }) => id in _removed || !after.nodes.has(id))
  const { carried, marksOf, followers } = absorbed(drawn, isNew, isGone)
  const touched = new Set(Object.keys(_changed))
  return {
    changes: [
      ...changedNodes(drawn, touched),
      ...changedFlows(drawn, carried),
      ...changedNames(drawn, 'lanes', new Set(sameNamed(drawn))),
      ...changedNames(drawn, 'participants', new Set()),
      ...changedNames(drawn, 'notes', new Set()),
      ...changedNames(drawn, 'messages', messagesOf(drawn, isNew, isGone)),
    ],
    added: isNew.filter(({ id }) => !followers.has(id)).map((node) => ({ node, marks: marksOf(node.id) })),
    removed: isGone.filter(({ id }) => !followers.has(id)).map((node) => ({ node, marks: marksOf(node.id) })),
  }
}

/** Lanes drawn anew under another id with the same name. */
function sameNamed({ before, after }: Drawn): string[] {
  const names = (diagram: Diagram) => new Set([...diagram.lanes.values()].map(({ name }) => name))
  const [was, is] = [names(before), names(after)]
  return [...before.lanes.values(), ...after.lanes.values()]
    .filter(({ name }) => was.has(name) && is.has(name))
    .map(({ id }) => id)
}

/** Messages from or to an element that came or went: they came or went with it. */
function messagesOf({ before, after }: Drawn, isNew: DiagramNode[], isGone: DiagramNode[]): Set<string> {
  const nodes = new Set([...isNew, ...isGone].map(({ id }) => id))
  return new Set(
    [...before.messages.values(), ...after.messages.values()]
      .filter(({ source, target }) => nodes.has(source) || nodes.has(target))
      .map(({ id }) => id),
  )
}
