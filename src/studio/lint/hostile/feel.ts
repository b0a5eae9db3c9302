/**
 * FEEL that could keep the broker busy. Conditions here ask for an outcome and routing rows for a place: they compare and
 * join, so only what compares and joins is accepted. Nothing among it repeats, names a value to use it twice, or makes a text
 * longer than what it was made of.
 */
import type { Words } from '../fault.ts'
import { type Dialect, readFeel } from '../feel.ts'
import { mayRunAway } from './pattern.ts'

export const MOST_FEEL = 1_000
const MOST_NESTING = 20
const MOST_IFS = 10

const PARTS = [
  'Expression UnaryTests PositiveUnaryTests PositiveUnaryTest SimplePositiveUnaryTest Wildcard not ?',
  'StringLiteral NumericLiteral BooleanLiteral null VariableName Identifier Name QualifiedName PathExpression',
  'AtLiteral DateTimeLiteral DateTimeConstructor date time duration and or in between ( ) [ ]',
  'List Interval ParenthesizedExpression ArithmeticExpression ArithOp Comparison CompareOp Conjunction Disjunction',
  'IfExpression if then else FunctionInvocation PositionalParameters index LineComment BlockComment',
].flatMap((line) => line.split(' '))

/** They answer with a truth, a number, a day, or with no more than a part of the text they are given. */
const FUNCTIONS = [
  'not',
  'contains',
  'starts with',
  'ends with',
  'substring',
  'substring before',
  'substring after',
  'string length',
  'upper case',
  'lower case',
  'matches',
  'list contains',
  'count',
  'min',
  'max',
  'is defined',
  'now',
  'today',
]

type Parts = { code: string; strings: string[] }

/** An expression without its strings and comments, and those strings. */
function partsOf(expression: string): Parts {
  const strings: string[] = []
  let code = ''
  let at = 0
  while (at < expression.length) {
    const two = expression.slice(at, at + 2)
    if (two === '//' || two === '/*') {
      const end = expression.indexOf(two === '//' ? '\n' : '*/', at + 2)
      at = end === -1 ? expression.length : end + (two === '//' ? 1 : 2)
      code += ' '
    } else if (expression[at] === '"') {
      let end = at + 1
      while (end < expression.length && expression[end] !== '"') end += expression[end] === '\\' ? 2 : 1
      strings.push(expression.slice(at + 1, end))
      code += '""'
      at = end + 1
    } else {
      code += expression[at]
      at += 1
    }
  }
  return { code, strings }
}

/** How deep its brackets go, and whether one is still open: what is half typed runs nowhere. */
function nesting(code: string): { most: number; unfinished: boolean } {
  let depth = 0
  let most = 0
  for (const letter of code) {
    if ('([{'.includes(letter)) depth += 1
    else if (')]}'.includes(letter)) depth -= 1
    most = Math.max(most, depth)
  }
  return { most, unfinished: depth > 0 }
}

const CODE = /\\u([0-9a-f]{4})|\\U([0-9a-f]{6})/gi
/** A pattern in quotes as it may reach the engine of patterns: with its backslashes as written, halved, or all read. */
const readings = (text: string): string[] => {
  const halved = text.replaceAll('\\\\', '\\').replaceAll('\\"', '"')
  const letter = (_: string, four?: string, six?: string) => {
    const code = Number.parseInt(four ?? six!, 16)
    return code > 0x10ffff ? '' : String.fromCodePoint(code)
  }
  return [text, halved, halved.replace(CODE, letter)]
}

const MATCHES = /\bmatches\s*\(/g
/** On a value by its name: what is put together first may be as long as one likes. */
const MATCHES_WORDS = /\bmatches\s*\(\s*(?:\?|[\p{L}_][\p{L}\p{N}_.]*)\s*,\s*""\s*\)/gu

/** The patterns of an expression; null where one is not written out. */
function patternsOf({ code, strings }: Parts): string[] | null {
  const written = [...code.matchAll(MATCHES_WORDS)]
  if (written.length !== (code.match(MATCHES)?.length ?? 0)) return null
  return written.map(({ 0: words, index }) => {
    const before = code.slice(0, index + words.lastIndexOf('""'))
    return strings[before.split('""').length - 1] ?? ''
  })
}

/** What can be seen without reading it as FEEL, in a text that is only half typed too. */
function harmInText(expression: string): Words | null {
  if (expression.length > MOST_FEEL)
    return {
      vi: `Biểu thức dài quá ${MOST_FEEL} ký tự. Viết gọn lại.`,
      en: `The expression has more than ${MOST_FEEL} characters. Shorten it.`,
    }
  const parts = partsOf(expression)
  const { code } = parts
  const { most, unfinished } = nesting(code)
  if (most > MOST_NESTING || code.split(/\bif\b/).length > MOST_IFS + 1)
    return {
      vi: 'Biểu thức lồng nhau quá sâu. Tách thành nhiều câu hỏi hoặc nhiều dòng.',
      en: 'The expression is nested too deep. Split it into questions or rows.',
    }
  if (/\b(for|some|every|function|satisfies)\b/.test(code))
    return {
      vi: 'Biểu thức có vòng lặp hoặc tự đặt hàm (for, some, every, function): máy có thể chạy mãi. Chỉ so sánh và ghép chữ.',
      en: 'The expression has a loop or a function of its own (for, some, every, function), which may never end. Compare and join only.',
    }
  if (/[{`]/.test(code))
    return {
      vi: 'Biểu thức đặt tên cho giá trị ({…}): giá trị dùng lại nhiều lần có thể lớn vô hạn. Chỉ so sánh và ghép chữ.',
      en: 'The expression names values ({…}), which may grow without end when they are used again. Compare and join only.',
    }
  if (code.includes('**'))
    return {
      vi: 'Biểu thức có lũy thừa (**): số có thể lớn vô hạn. Viết thẳng con số.',
      en: 'The expression has a power (**), whose number may grow without end. Write the number itself.',
    }
  if (/\d{30}|\d[eE]\+?\d{3}/.test(code))
    return { vi: 'Biểu thức có số quá lớn.', en: 'The expression has a number that is too large.' }
  const patterns = patternsOf(parts)
  if (!patterns && !unfinished)
    return {
      vi: 'So khớp chỉ viết thẳng một giá trị và một mẫu trong ngoặc kép: matches(?, "^T00"). Thứ ghép từ nhiều phần thì không biết có dừng không.',
      en: 'Matching takes one value by its name and a pattern in quotes: matches(?, "^T00"). Of what is put together nobody knows whether it ends.',
    }
  if (patterns?.some((text) => readings(text).some(mayRunAway)))
    return {
      vi: 'Mẫu so khớp có thể chạy mãi: lặp trong lặp, hoặc nhiều chỗ lặp cùng nhận một chữ. Bắt đầu bằng ^ và viết mỗi chỗ lặp một loại chữ khác nhau.',
      en: 'The pattern may never end: it repeats what already repeats, or repeats the same letters in several places. Begin with ^ and let each repetition take other letters.',
    }
  return null
}

/** What an expression is made of beyond comparing and joining. */
function harmInParts(expression: string, dialect: Dialect): Words | null {
  const { kinds, calls } = readFeel(expression, dialect)
  const call = calls.find((name) => !FUNCTIONS.includes(name))
  if (call !== undefined)
    return {
      vi: `Biểu thức gọi “${call.slice(0, 60)}(…)”, hàm không dùng ở đây. Chỉ dùng: ${FUNCTIONS.join(', ')}.`,
      en: `The expression calls “${call.slice(0, 60)}(…)”, which is not used here. There are: ${FUNCTIONS.join(', ')}.`,
    }
  const kind = [...kinds].find((name) => !PARTS.includes(name))
  if (kind === undefined) return null
  return {
    vi: `Biểu thức có phần không dùng ở đây (${kind}): máy có thể chạy mãi. Chỉ so sánh và ghép chữ.`,
    en: `The expression has a part that is not used here (${kind}), which may never end. Compare and join only.`,
  }
}

/** Why an expression is not accepted; null when it is. What is no FEEL at all is said by the rules, and may be kept. */
export const feelHarm = (expression: string, dialect: Dialect = 'Expression'): Words | null =>
  harmInText(expression) ?? harmInParts(expression, dialect)
