import { parser } from '@bpmn-io/lezer-feel'

type Tree = ReturnType<typeof parser.parse>
type Node = Tree['topNode']
/** What a cell is: the test of an input, or the value of an output. */
export type Dialect = 'UnaryTests' | 'Expression'
export type Value = string | number | boolean | null | Value[]

const parsers = {
  UnaryTests: parser.configure({ top: 'UnaryTests' }),
  Expression: parser.configure({ top: 'Expression' }),
}

/** Where FEEL stops being FEEL, counted from 0; null: it is well formed. An empty test asks nothing. */
export function feelFault(text: string, dialect: Dialect): number | null {
  if (text.trim() === '') return dialect === 'UnaryTests' ? null : 0
  let at: number | null = null
  parsers[dialect].parse(text).iterate({
    enter: (node) => {
      if (node.type.isError && at === null) at = node.from
    },
  })
  return at
}

/** FEEL that is more than this page can work out: the engine still may. */
export class BeyondUs extends Error {
  override name = 'BeyondUs'
}

type Facts = Record<string, Value>
type Call = { text: string; facts: Facts; asked: Value | undefined }

/** Whether a fact passes the test of an input cell. Throws BeyondUs. */
export function passes(test: string, asked: Value, facts: Facts): boolean {
  if (test.trim() === '' || test.trim() === '-') return true
  const call = { text: test, facts, asked }
  const top = parsers.UnaryTests.parse(test).topNode
  const tests = top.getChild('PositiveUnaryTests')
  if (!tests) throw new BeyondUs(test)
  const any = tests.getChildren('PositiveUnaryTest').some((each) => unary(each, call))
  return top.firstChild?.name === 'not' ? !any : any
}

function unary(test: Node, call: Call): boolean {
  const inner = test.firstChild
  if (!inner) throw new BeyondUs(call.text)
  if (inner.name === 'SimplePositiveUnaryTest') {
    const [operator, operand] = childrenOf(inner)
    if (operator?.name !== 'CompareOp' || !operand) throw new BeyondUs(call.text)
    return compare(call.asked ?? null, wordsOf(operator, call), evaluate(operand, call))
  }
  const value = evaluate(inner, call)
  if (asksItself(inner)) return value === true
  return Array.isArray(value) ? value.includes(call.asked ?? null) : value === call.asked
}

function asksItself(node: Node): boolean {
  return node.name === '?' || childrenOf(node).some(asksItself)
}

/** The value of an output cell. Throws BeyondUs. */
export function answerOf(expression: string, facts: Facts): Value {
  const inner = parsers.Expression.parse(expression).topNode.firstChild
  if (!inner || feelFault(expression, 'Expression') !== null) throw new BeyondUs(expression)
  return evaluate(inner, { text: expression, facts, asked: undefined })
}

const wordsOf = (node: Node, { text }: Call) => text.slice(node.from, node.to)
const childrenOf = (node: Node): Node[] => {
  const found: Node[] = []
  for (let each = node.firstChild; each; each = each.nextSibling) found.push(each)
  return found
}
const isMark = ({ name }: Node) =>
  ['(', ')', '[', ']', ',', 'and', 'or', 'if', 'then', 'else', 'in'].includes(name)
const parts = (node: Node) => childrenOf(node).filter((each) => !isMark(each))

function evaluate(node: Node, call: Call): Value {
  const words = wordsOf(node, call)
  switch (node.name) {
    case 'StringLiteral':
      return JSON.parse(words.replace(/\\(?!["\\/bfnrtu])/g, '\\\\')) as string
    case 'NumericLiteral':
      return Number(words)
    case 'BooleanLiteral':
      return words === 'true'
    case 'null':
      return null
    case '?':
      if (call.asked === undefined) throw new BeyondUs(words)
      return call.asked
    case 'VariableName': {
      const fact = call.facts[words]
      if (fact === undefined) throw new BeyondUs(words)
      return fact
    }
    case 'ParenthesizedExpression':
      return evaluate(parts(node)[0]!, call)
    case 'List':
      return parts(node).map((each) => evaluate(each, call))
    case 'Conjunction':
      return parts(node).every((each) => evaluate(each, call) === true)
    case 'Disjunction':
      return parts(node).some((each) => evaluate(each, call) === true)
    case 'Comparison': {
      const [left, operator, right] = parts(node)
      if (operator?.name !== 'CompareOp' || !left || !right) throw new BeyondUs(words)
      return compare(evaluate(left, call), wordsOf(operator, call), evaluate(right, call))
    }
    case 'ArithmeticExpression': {
      const [left, operator, right] = parts(node)
      if (!left || !right || !operator) throw new BeyondUs(words)
      const values = [evaluate(left, call), evaluate(right, call)]
      if (wordsOf(operator, call) !== '+' || values.some((each) => typeof each !== 'string'))
        throw new BeyondUs(words)
      return values.join('')
    }
    case 'IfExpression': {
      const [test, yes, no] = parts(node)
      if (!test || !yes || !no) throw new BeyondUs(words)
      return evaluate(evaluate(test, call) === true ? yes : no, call)
    }
    case 'FunctionInvocation':
      return invoke(node, call)
    default:
      throw new BeyondUs(words)
  }
}

function compare(left: Value, operator: string, right: Value): boolean {
  if (operator === '=') return left === right
  if (operator === '!=') return left !== right
  if (typeof left !== typeof right || (typeof left !== 'string' && typeof left !== 'number'))
    throw new BeyondUs(operator)
  const [a, b] = [left as string, right as string]
  if (operator === '<') return a < b
  if (operator === '<=') return a <= b
  if (operator === '>') return a > b
  if (operator === '>=') return a >= b
  throw new BeyondUs(operator)
}

const FUNCTIONS: Record<string, (...values: string[]) => Value> = {
  matches: (text, pattern) => new RegExp(pattern!).test(text!),
  'starts with': (text, start) => text!.startsWith(start!),
  'ends with': (text, end) => text!.endsWith(end!),
  contains: (text, part) => text!.includes(part!),
  'upper case': (text) => text!.toUpperCase(),
  'lower case': (text) => text!.toLowerCase(),
  'string length': (text) => text!.length,
  'substring before': (text, mark) => (text!.includes(mark!) ? text!.slice(0, text!.indexOf(mark!)) : ''),
  'substring after': (text, mark) =>
    text!.includes(mark!) ? text!.slice(text!.indexOf(mark!) + mark!.length) : '',
}
/** How many parameters each takes. */
const TAKES: Record<string, number> = { 'upper case': 1, 'lower case': 1, 'string length': 1 }

/** FEEL counts letters from 1, and from the end below 0. */
function substring([text, start, length]: Value[]): Value {
  if (typeof text !== 'string' || typeof start !== 'number') return null
  const letters = [...text]
  const from = start < 0 ? letters.length + start : start - 1
  return letters.slice(from, typeof length === 'number' ? from + length : undefined).join('')
}

function invoke(node: Node, call: Call): Value {
  const [name, list] = parts(node)
  const words = name ? wordsOf(name, call) : ''
  const values = list ? parts(list).map((each) => evaluate(each, call)) : []
  if (words === 'not' && values.length === 1) return values[0] === false
  if (words === 'substring') return substring(values)
  const run = FUNCTIONS[words]
  if (!run || values.length !== (TAKES[words] ?? 2)) throw new BeyondUs(words)
  // FEEL has no answer for what is no text.
  if (values.some((each) => typeof each !== 'string')) return null
  // A pattern that never ends must not hold the page.
  if (
    words === 'matches' &&
    (!/^[\w^$.|()[\]\\\-+]*$/.test(values[1] as string) || /[+*]\)?[+*]|\)[+*{]/.test(values[1] as string))
  )
    throw new BeyondUs(words)
  try {
    return run(...(values as string[]))
  } catch {
    throw new BeyondUs(words)
  }
}
