/** @param {any} node @param {...string} types */
export const is = (node, ...types) =>
  typeof node?.$instanceOf === 'function' && types.some((type) => node.$instanceOf(type))

/**
 * Reports a fault with its reason and its mend, in both languages; `message` is the English one.
 * @param {any} reporter @param {any} node @param {{ vi: string, en: string }} words
 */
export const say = (reporter, node, words) => reporter.report(node.id, words.en, { ...words })

/** As `say`, of something that is no fault but hard to read. @param {any} reporter @param {any} node @param {{ vi: string, en: string }} words */
export const warn = (reporter, node, words) =>
  reporter.report(node.id, words.en, { ...words, severity: 'warning' })

/** What an extension element of a type says, if it is there. @param {any} node @param {string} type */
export const extension = (node, type) => node.extensionElements?.values?.find((each) => is(each, type))

/** The job type of a service task. @param {any} node */
export const jobType = (node) => extension(node, 'zeebe:TaskDefinition')?.type ?? ''

/** An await.* service task: no worker takes it, an act or an alarm settles it. @param {any} node */
export const isWait = (node) => is(node, 'bpmn:ServiceTask') && jobType(node).startsWith('await.')

/** Somebody or something is waited for here. @param {any} node */
export const holdsToken = (node) => is(node, 'bpmn:UserTask') || isWait(node)

/** Every flow node of a process, inside its embedded subprocesses too. @param {any} scope */
export const flowNodes = (scope) =>
  (scope.flowElements ?? []).flatMap((each) => [
    ...(is(each, 'bpmn:FlowNode') ? [each] : []),
    ...(is(each, 'bpmn:SubProcess') ? flowNodes(each) : []),
  ])

/** The flows of a scope by where they begin and end, while it has as many elements as when they were sorted. @type {WeakMap<object, any>} */
const sorted = new WeakMap()

/** Read from the flows themselves: a file may leave out a node's own lists of them. @param {any} node */
const flowsBeside = (node) => {
  const elements = node.$parent?.flowElements
  if (!elements) return { from: new Map(), to: new Map() }
  const known = sorted.get(elements)
  if (known?.length === elements.length) return known
  const found = { length: elements.length, from: new Map(), to: new Map() }
  for (const flow of elements.filter((each) => is(each, 'bpmn:SequenceFlow')))
    for (const [by, end] of [
      [found.from, flow.sourceRef],
      [found.to, flow.targetRef],
    ])
      by.set(end, [...(by.get(end) ?? []), flow])
  sorted.set(elements, found)
  return found
}

/** @param {any} node */
export const incoming = (node) => flowsBeside(node).to.get(node) ?? []

/** @param {any} node */
export const outgoing = (node) => flowsBeside(node).from.get(node) ?? []

/** A gateway that asks: more than one way out. @param {any} node */
export const asks = (node) => is(node, 'bpmn:Gateway') && outgoing(node).length > 1
