import { personalKind } from '../../../personal/fields.ts'
import { type Facts, type Law, needed } from '../facts.ts'
import { runawayPatterns } from '../hostile.ts'
import { faultOf } from '../rules.ts'

type Question = { key: string; title: string; schema: object }

const questionsOf = ({ form }: Facts): Question[] =>
  Object.entries(form?.schema.properties ?? {}).map(([key, schema]) => ({ key, title: schema.title, schema }))

/** Words that tell no two questions apart. */
const FILLERS = [
  'để',
  'của',
  'các',
  'những',
  'là',
  'và',
  'hoặc',
  'ghi',
  'rõ',
  'nếu',
  'có',
  'xin',
  'vui',
  'lòng',
  'hãy',
]

/** A title as the set of words that carry it, without what stands in brackets. */
const likeness = (title: string): string =>
  [
    ...new Set(
      title
        .toLowerCase()
        .replace(/\([^()]*\)/g, ' ')
        .split(/[^\p{L}\p{N}]+/u)
        .filter((word) => word && !FILLERS.includes(word)),
    ),
  ]
    .sort()
    .join(' ')

/** What of a person a key asks, and about whom: `ownerPhone` and `ownerMobileNo` are both `phone` of `owner`. */
const SUFFIXES: [RegExp, string][] = [
  [/(identity|passport|personal|insurance)(no|number)$/i, 'number'],
  [/(phone|mobile|telephone)(no|number)?$/i, 'phone'],
  [/e-?mail$/i, 'email'],
  // A place to write to, to build on or to move to is nobody's registered one.
  [/(residence|homeaddress|permanentaddress)$/i, 'residence'],
  [/born(on|year|in)?$|birth(day|date)$|dateofbirth$/i, 'birth'],
  [/(sex|gender)$/i, 'sex'],
  [/nationality$/i, 'nationality'],
  [/(ethnicity|religion)$/i, 'ethnicity'],
  [/hometown$/i, 'hometown'],
]
function askedOf({ key }: Question): { whom: string; what: string } | null {
  for (const [suffix, what] of SUFFIXES) {
    const match = suffix.exec(key)
    if (match) return { whom: key.slice(0, match.index).toLowerCase(), what }
  }
  return null
}

const ONCE = ['phone', 'email', 'number']

/** What a question is alike by: its title, its key, and what it asks of whom where that is asked once. */
function likenesses(question: Question): string[] {
  const title = likeness(question.title)
  const asked = askedOf(question)
  return [
    ...(title === '' ? [] : [`title ${title}`]),
    `key ${question.key.toLowerCase()}`,
    ...(asked && ONCE.includes(asked.what) ? [`asked ${asked.what} ${asked.whom}`] : []),
  ]
}

const twice: Law = (facts) => {
  const first = new Map<string, Question>()
  return questionsOf(facts).flatMap((question) => {
    const alike = likenesses(question)
    const earlier = alike.map((each) => first.get(each)).find(Boolean)
    for (const each of alike) if (!first.has(each)) first.set(each, question)
    if (!earlier) return []
    return [
      faultOf('field-twice', {
        field: question.key,
        message: {
          vi: `“${question.title}” hỏi lại điều đã hỏi ở “${earlier.title}”.`,
          en: `“${question.title}” (${question.key}) asks again what “${earlier.title}” (${earlier.key}) asks.`,
        },
      }),
    ]
  })
}

/** What the population database has of everybody whose identity number it is given. */
const HELD = ['birth', 'sex', 'nationality', 'ethnicity', 'hometown', 'residence']

const held: Law = (facts) => {
  const questions = questionsOf(facts)
  const identified = new Set(
    questions.flatMap((question) => {
      const asked = askedOf(question)
      const isNumber = asked?.what === 'number' && personalKind(question.key, question.schema) === 'number'
      return isNumber && asked ? [asked.whom] : []
    }),
  )
  return questions.flatMap((question) => {
    const asked = askedOf(question)
    if (!asked || !HELD.includes(asked.what) || !identified.has(asked.whom)) return []
    return [
      faultOf('field-held', {
        field: question.key,
        message: {
          vi: `“${question.title}”: tờ khai đã hỏi số định danh của người này.`,
          en: `“${question.title}” (${question.key}): the form already asks this person’s identity number.`,
        },
      }),
    ]
  })
}

const papers: Law = (facts) =>
  (needed(facts, 'papers')?.papers ?? []).flatMap(({ key, name, reusableData, requiredFor }, n) =>
    reusableData && requiredFor
      ? [
          faultOf('paper-held', {
            field: `papers.${n}`,
            message: {
              vi: `“${name.vi}” bắt buộc nộp dù Nhà nước đã có dữ liệu.`,
              en: `“${name.en ?? key}” must be handed in although the State holds its data.`,
            },
          }),
        ]
      : [],
  )

const patterns: Law = ({ source }) =>
  runawayPatterns(source.eform).map(({ path, pattern }) =>
    faultOf('form-pattern', {
      field: path,
      message: {
        vi: `Mẫu kiểm tra ${pattern.slice(0, 80)} có thể chạy mãi.`,
        en: `The pattern ${pattern.slice(0, 80)} may never end.`,
      },
    }),
  )

export const forms: Law = (facts) => [...twice(facts), ...held(facts), ...papers(facts), ...patterns(facts)]
