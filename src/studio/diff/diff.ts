import type { ProcedureSource } from '../source.ts'
import { anchor } from './anchors.ts'
import { asJson, CHANGE_PARTS, type Change } from './change.ts'
import { type Diagram, type DiagramNode, readDiagram } from './diagram.ts'
import { drawnChanges, type NodeChanges } from './drawn.ts'
import { type Facts, stepName } from './fact-words.ts'
import { aboutStep, factChange } from './facts.ts'
import { formChanges } from './form.ts'
import { canonical, type Difference, differences, keyedFacts, listOf, recOf } from './keyed.ts'
import { listed, type Merge, merges } from './merged.ts'
import { nodeWords } from './node-words.ts'
import { routingChanges } from './routing.ts'
import { say } from './words.ts'

type Both = { facts: Facts; before: Diagram; after: Diagram }

const isStep = ({ type, job }: DiagramNode) => type === 'userTask' || job?.startsWith('await.') === true

/** The task that asks another system and the wait for its answer, of every question that came or went. */
function askedBy({ before, after }: Facts): Map<string, string[]> {
  const [was, is] = [recOf(before.exchanges), recOf(after.exchanges)]
  return new Map(
    Object.entries({ ...was, ...is })
      .filter(([id]) => !(id in was && id in is))
      .map(([id, exchange]) => [id, [id, String(recOf(exchange).wait)]]),
  )
}

/** Steps that came, went, or went into each other; each with the lines that go with it. */
function nodeChanges({ facts }: Both, { added, removed }: NodeChanges, merged: Merge[]): Change[] {
  const marks = (ids: string[]): Change['marks'] => {
    const all = [...added, ...removed].filter(({ node }) => ids.includes(node.id))
    return {
      before: all.flatMap((one) => one.marks.before),
      after: all.flatMap((one) => one.marks.after),
    }
  }
  const found: Change[] = merged.map(({ from, into, isNew }) => {
    const [old, now] = [
      listed(from.map((id) => stepName({ ...facts, after: {} }, id))),
      stepName(facts, into),
    ]
    const alone = from.length === 1
    const words = isNew
      ? alone
        ? say(`Thay bước ${old.vi} bằng bước ${now.vi}`, `Step ${old.en} replaced by ${now.en}`)
        : say(`Gộp các bước ${old.vi} thành ${now.vi}`, `Steps ${old.en} merged into one: ${now.en}`)
      : say(
          `Gộp ${alone ? 'bước' : 'các bước'} ${old.vi} vào bước ${now.vi}`,
          `${alone ? 'Step' : 'Steps'} ${old.en} merged into ${now.en}`,
        )
    const around = marks([...from, into])
    return {
      part: 'steps',
      elementId: into,
      field: `steps.${into}`,
      kind: 'changed',
      before: from,
      after: into,
      words,
      marks: isNew
        ? around
        : { before: [...around.before, into], after: [into, ...around.after.filter((id) => id !== into)] },
    }
  })
  const named = new Set([...askedBy(facts).values()].flat())
  // Told with the question that they ask; any other element that a question names is told by itself.
  const asked = [...added, ...removed].flatMap(({ node: { id, job } }) =>
    named.has(id) && (job === 'exchange.request' || job === 'await.exchange') ? [id] : [],
  )
  const done = new Set([...merged.flatMap(({ from, into }) => [...from, into]), ...asked])
  const put = (kind: 'added' | 'removed', { node, marks: own }: NodeChanges['added'][number]) => {
    const about = aboutStep(kind === 'added' ? facts.after : facts.before, node.id)
    const name = nodeWords(node)
    found.push({
      part: isStep(node) ? 'steps' : 'diagram',
      elementId: node.id,
      field: isStep(node) ? `steps.${node.id}` : null,
      kind,
      before: kind === 'removed' ? asJson(node.name) : null,
      after: kind === 'added' ? asJson(node.name) : null,
      words:
        kind === 'added'
          ? say(`Thêm ${name.vi}${about.vi}`, `New ${name.en}${about.en}`)
          : say(`Bỏ ${name.vi}${about.vi}`, `Taken out: ${name.en}${about.en}`),
      marks: own,
    })
  }
  for (const one of removed) if (!done.has(one.node.id)) put('removed', one)
  for (const one of added) if (!done.has(one.node.id)) put('added', one)
  return found
}

/** Data of an element that came or went with it, or that its drawing has told already. */
function isTold(
  { path, before: was, after: is }: Difference,
  { facts, before, after }: Both,
  drawn: NodeChanges,
  merged: Merge[],
): boolean {
  const [top = '', first = '', second = ''] = path
  const nodes = new Set([...drawn.added, ...drawn.removed].map(({ node }) => node.id))
  // What another system is asked is told with its elements, and judged by what it says.
  if ((top === 'steps' || top === 'waits') && nodes.has(first) && path.length === 2) return true
  if (top === 'steps' && second === 'mergedFrom') return true
  if (top === 'papers' && (second === 'requiredFor' || second === 'presentOnly')) {
    const [had, has] = [facts.before, facts.after].map((data) => recOf(recOf(data.papers)[first]).lookUp)
    if (!had && has && is === undefined) return true
  }
  if (top === 'order') {
    const shared = (value: unknown, other: unknown) =>
      listOf(value).filter((key) => listOf(other).includes(key))
    if (canonical(shared(was, is)) === canonical(shared(is, was))) return true
  }
  if (top === 'allotments' && nodes.has(second)) return true
  if (top === 'phases' && second === 'elements') {
    const kept = (value: unknown) =>
      listOf(value)
        .map(String)
        .filter((id) => !nodes.has(id))
        .sort()
        .join()
    if (kept(was) === kept(is)) return true
  }
  const isMerged = merged.some(({ into }) => into === first)
  if (top === 'steps' && isMerged && path.at(-1) === 'promises') return true
  if ((top === 'steps' || top === 'waits') && second === 'name' && path.length === 3) {
    const [old, now] = [before.nodes.get(first)?.name, after.nodes.get(first)?.name]
    return old !== now && recOf(recOf(recOf(facts.after[top])[first]).name).vi === now
  }
  return false
}

/** A change of the drawing that the data tell too, and in better words. */
const isToldByData = (change: Change, data: Change[]) =>
  change.elementId !== null &&
  String(change.after).includes('subjectId') &&
  data.some(({ field }) => field === `steps.${change.elementId}.form`)

function exampleChanges(before: ProcedureSource, after: ProcedureSource): Change[] {
  const byName = ({ examples }: ProcedureSource) =>
    new Map(examples.map(({ name, content }) => [name, content]))
  const [was, is] = [byName(before), byName(after)]
  const titleOf = (name: string) => {
    const title = recOf((is.get(name) ?? was.get(name))?.name).vi
    return typeof title === 'string' ? title : name
  }
  const found = [...new Set([...was.keys(), ...is.keys()])].flatMap((name): Change[] => {
    const [old, now] = [was.get(name), is.get(name)]
    if (canonical(old) === canonical(now)) return []
    const kind = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed'
    const verb = { added: ['Thêm', 'New'], removed: ['Bỏ', 'Taken out:'], changed: ['Đổi', 'Changed:'] }[kind]
    return [
      {
        part: 'examples',
        elementId: null,
        field: `examples.${name}`,
        kind,
        before: asJson(old),
        after: asJson(now),
        words: say(`${verb[0]} hồ sơ ví dụ “${titleOf(name)}”`, `${verb[1]} example “${titleOf(name)}”`),
        marks: { before: [], after: [] },
      },
    ]
  }) // An act that leads the ways of all of them elsewhere is one line, not one for each.
  const changed = found.filter(({ kind }) => kind === 'changed')
  const [first] = changed
  if (!first || changed.length < 3) return found
  const names = changed.map(({ field }) => titleOf(field!.slice('examples.'.length)))
  return [
    ...found.filter(({ kind }) => kind !== 'changed'),
    {
      ...first,
      field: 'examples',
      before: null,
      after: names,
      words: say(`Đổi ${names.length} hồ sơ ví dụ`, `Changed: ${names.length} examples`),
    },
  ]
}

/**
 * What a redesign changes, in an analyst's words and in the order of the parts: steps, diagram, limits, papers, form,
 * fees, routing, letters, facts, examples. Where something stands on the page is no change, nor is the order of fields
 * in a file. Throws UnreadableDiagram.
 */
export async function diffSources(before: ProcedureSource, after: ProcedureSource): Promise<Change[]> {
  const was = await readDiagram(before.bpmn)
  const is = after.bpmn === before.bpmn ? was : await readDiagram(after.bpmn)
  const both: Both = {
    facts: { before: keyedFacts(before), after: keyedFacts(after) },
    before: was,
    after: is,
  }
  const drawn = drawnChanges(both)
  const merged = merges(
    both.facts,
    drawn.removed.map(({ node }) => node.id),
    drawn.added.map(({ node }) => node.id),
  )
  const asked = askedBy(both.facts)
  const data = differences(both.facts.before, both.facts.after)
    .filter((difference) => !isTold(difference, both, drawn, merged))
    .map((difference) => {
      const change = factChange(difference, both.facts)
      const [top, id = ''] = difference.path
      const own = (top === 'exchanges' && difference.path.length === 2 && asked.get(id)) || []
      return { ...change, marks: { before: own, after: own } }
    })
  const found = [
    ...nodeChanges(both, drawn, merged),
    ...drawn.changes.filter((change) => !isToldByData(change, data)),
    ...data,
    ...formChanges(before.eform, after.eform),
    ...routingChanges(before.dmn, after.dmn),
    ...exampleChanges(before, after),
  ]
  return found
    .map((change) => ({ ...change, marks: anchor(change, both) }))
    .sort((a, b) => CHANGE_PARTS.indexOf(a.part) - CHANGE_PARTS.indexOf(b.part))
}
