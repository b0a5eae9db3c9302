import { parser } from '@bpmn-io/lezer-feel'

type SyntaxNode = ReturnType<typeof parser.parse>['topNode']

/** What a text is in FEEL: the tests of an input cell, or an expression. */
export type Dialect = 'UnaryTests' | 'Expression'

/** What stands in a text: the kinds of its parts and where FEEL stops being FEEL, counted from 0. */
export type Read = { kinds: ReadonlySet<string>; calls: readonly string[]; fault: number | null }

const parsers = {
  UnaryTests: parser.configure({ top: 'UnaryTests' }),
  Expression: parser.configure({ top: 'Expression' }),
}

/** Words between commas, as most cells are: they need no parser. */
const LITERALS = /^\s*"[^"\\]*"(?:\s*,\s*"[^"\\]*")*\s*$/
const ONE_LITERAL = /^\s*"[^"\\]*"\s*$/
const PLAIN: Read = { kinds: new Set(['StringLiteral']), calls: [], fault: null }

/** `list[1]`: the one filter that asks nothing of each item. */
const takesOne = (filter: SyntaxNode) => filter.lastChild?.prevSibling?.name === 'NumericLiteral'

/** A name that is not that of a function. */
const isValue = ({ parent, from }: SyntaxNode) =>
  parent?.name !== 'FunctionInvocation' || parent.from !== from

/** Reads FEEL. An input cell without a word takes anything; an expression has to say something. */
export function readFeel(text: string, dialect: Dialect): Read {
  const tests = dialect === 'UnaryTests'
  if (text.trim() === '') return { kinds: new Set(), calls: [], fault: tests ? null : 0 }
  if ((tests ? LITERALS : ONE_LITERAL).test(text)) return PLAIN
  const kinds = new Set<string>()
  const calls: string[] = []
  let fault: number | null = null
  parsers[dialect].parse(text).iterate({
    enter: ({ type, from, node }) => {
      // The broker's FEEL has blanks in the names of functions only.
      const second = type.name === 'VariableName' && isValue(node) ? node.firstChild?.nextSibling : null
      if (type.isError || second) fault ??= second?.from ?? from
      else kinds.add(type.name === 'FilterExpression' && takesOne(node) ? 'index' : type.name)
      if (type.name !== 'FunctionInvocation') return
      const called = node.firstChild
      calls.push(
        called?.name === 'VariableName' ? text.slice(called.from, called.to).trim().replace(/\s+/g, ' ') : '',
      )
    },
  })
  return { kinds, calls, fault }
}
