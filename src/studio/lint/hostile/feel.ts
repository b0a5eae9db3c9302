/**
 * FEEL that could keep the broker busy. Conditions here ask for an outcome and routing rows for a place: neither needs
 * loops, functions or powers, so what could run long is refused by its form.
 */
import type { Words } from '../fault.ts'

export const MOST_FEEL = 1_000
const MOST_NESTING = 20
const MOST_IFS = 10

/** A repeated group that repeats inside, or two repeated alternatives: an expression that takes exponential time. */
const NESTED = /\((?:[^()\\]|\\.)*(?:[+*]|\{\d+,\d*\})(?:[^()\\]|\\.)*\)(?:[+*]|\{\d+,?\d*\})/
const ALTERNATIVES = /\((?:[^()\\]|\\.)*\|(?:[^()\\]|\\.)*\)(?:[+*]|\{\d+,\d*\})/
const GROUPED_TWICE = /\([^()]*\([^()]*\)[^()]*\)(?:[+*]|\{\d+,\d*\})/
/** Two unbounded repetitions beside one another of what may be the same: quadratic and worse with each more. */
const CHAINED = /(?:\.[*+]|\\[wWsSdD][*+])(?:[^()|]{0,3}(?:\.[*+]|\\[wWsSdD][*+])){2,}/

/** Whether a regular expression may take a time that grows without measure. Errs towards yes. */
export const mayRunAway = (pattern: string): boolean =>
  pattern.length > 500 ||
  NESTED.test(pattern) ||
  ALTERNATIVES.test(pattern) ||
  GROUPED_TWICE.test(pattern) ||
  CHAINED.test(pattern) ||
  /\{\d{4,}/.test(pattern) ||
  /\\[1-9]/.test(pattern)

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
      strings.push(expression.slice(at + 1, end).replaceAll('\\\\', '\\'))
      code += '""'
      at = end + 1
    } else {
      code += expression[at]
      at += 1
    }
  }
  return { code, strings }
}

function nesting(code: string): number {
  let depth = 0
  let most = 0
  for (const letter of code) {
    if ('([{'.includes(letter)) depth += 1
    else if (')]}'.includes(letter)) depth -= 1
    most = Math.max(most, depth)
  }
  return most
}

/** Why an expression is not accepted; null when it is. */
export function feelHarm(expression: string): Words | null {
  if (expression.length > MOST_FEEL)
    return {
      vi: `Biểu thức dài quá ${MOST_FEEL} ký tự. Viết gọn lại.`,
      en: `The expression has more than ${MOST_FEEL} characters. Shorten it.`,
    }
  const { code, strings } = partsOf(expression)
  if (nesting(code) > MOST_NESTING || code.split(/\bif\b/).length > MOST_IFS + 1)
    return {
      vi: 'Biểu thức lồng nhau quá sâu. Tách thành nhiều câu hỏi hoặc nhiều dòng.',
      en: 'The expression is nested too deep. Split it into questions or rows.',
    }
  if (/\b(for|some|every|function|satisfies)\b/.test(code))
    return {
      vi: 'Biểu thức có vòng lặp hoặc tự đặt hàm (for, some, every, function): máy có thể chạy mãi. Chỉ so sánh và ghép chữ.',
      en: 'The expression has a loop or a function of its own (for, some, every, function), which may never end. Compare and join only.',
    }
  if (code.includes('**'))
    return {
      vi: 'Biểu thức có lũy thừa (**): số có thể lớn vô hạn. Viết thẳng con số.',
      en: 'The expression has a power (**), whose number may grow without end. Write the number itself.',
    }
  if (/\d{30}|\d[eE]\+?\d{3}/.test(code))
    return { vi: 'Biểu thức có số quá lớn.', en: 'The expression has a number that is too large.' }
  if (/\b(matches|replace|split|extract)\s*\(/.test(code) && strings.some(mayRunAway))
    return {
      vi: 'Mẫu so khớp lặp trong lặp: máy có thể chạy mãi. Viết mẫu không có nhóm lặp.',
      en: 'The pattern repeats what already repeats and may never end. Write it without a repeated group.',
    }
  return null
}
