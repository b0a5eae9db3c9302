import { PREFILL_SOURCES } from '../../procedures/prefill.ts'
import type { Text } from '../../text.ts'
import type { ProcedureSource } from '../source.ts'
import { asJson, type Change } from './change.ts'
import { canonical, listOf, type Rec, recOf } from './keyed.ts'
import { quoted, say, valueWords } from './words.ts'

type Words = Required<Text>
type Form = ProcedureSource['eform']

/** A question of the form as it is asked. */
export type Question = {
  name: string
  title: Words
  required: boolean
  /** Which detail of the applicant's record answers it (`x-prefill`), where it holds one; null for none. */
  prefill: string | null
  /** Which parts of its answer must be there. */
  innerRequired: string[]
  /** How many characters its answer has at least, all its parts together; that it is not empty counts for none. */
  least: number
  group: string
  /** How the answer is given, without its titles. */
  shape: string
  help: string
}

const GLOSS = new Set(['title', 'x-en', 'description', 'x-prefill'])

/** Keywords whose value is data, words or names: nothing below them is a schema. */
const NO_SCHEMA = new Set(['required', 'x-en', 'enum', 'const', 'default', 'examples'])
/** Keywords under which schemas stand by a name that somebody chooses. */
const BY_NAME = new Set(['properties', 'patternProperties', 'definitions', 'dependencies'])
/** How many there have to be: as many demands. */
const COUNTED = ['minItems', 'minProperties']
const MOST_COUNTED = 1_000

/** Everything that a schema demands at whatever depth and under whatever condition, the questions themselves aside. */
function demanded(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(demanded)
  const rec = recOf(schema)
  const dependent = Object.values(recOf(rec.dependencies)).flatMap((one) => listOf(one).map(String))
  const counted = COUNTED.flatMap((key) =>
    Array<string>(Math.min(Math.max(Number(rec[key]) || 0, 0), MOST_COUNTED)).fill(key),
  )
  const own = [...listOf(rec.required).map(String), ...dependent, ...counted]
  if (rec.contains !== undefined) own.push('contains')
  const inner = Object.entries(rec).flatMap(([key, item]) => {
    if (BY_NAME.has(key)) return Object.values(recOf(item)).flatMap((one) => demanded(recOf(one)))
    if (NO_SCHEMA.has(key)) return []
    // The same demand under another condition is another demand.
    const isUnder = key === 'then' || key === 'else'
    return demanded(item).map((one) => (isUnder ? `${one} (${key} ${canonical(rec.if)})` : one))
  })
  return [...own, ...inner]
}

const leastOf = (schema: unknown): number =>
  Array.isArray(schema)
    ? schema.reduce((sum: number, one) => sum + leastOf(one), 0)
    : Object.entries(recOf(schema)).reduce(
        (sum, [key, item]) =>
          sum + (key === 'minLength' && typeof item === 'number' ? Math.max(item - 1, 0) : leastOf(item)),
        0,
      )

/** The questions of a form, in the order of its groups; also of one that is half written. */
export function questionsOf(form: Form): Map<string, Question> {
  const schema = recOf(form.schema)
  const required = listOf(schema.required)
  const groups = listOf(form.groups).map(recOf)
  const properties = recOf(schema.properties)
  const order = [...groups.flatMap(({ fields }) => listOf(fields).map(String)), ...Object.keys(properties)]
  const found = new Map<string, Question>()
  for (const name of order) {
    if (found.has(name) || !(name in properties)) continue
    const question = recOf(properties[name])
    const vi = String(question.title ?? name)
    const en = recOf(question['x-en']).title
    const group = groups.find(({ fields }) => listOf(fields).includes(name))
    found.set(name, {
      name,
      title: say(vi, typeof en === 'string' ? en : vi),
      required: required.includes(name),
      prefill: PREFILL_SOURCES.find((source) => source === question['x-prefill']) ?? null,
      innerRequired: demanded(question).sort(),
      least: leastOf(question),
      group: String(recOf(group?.title).vi ?? group?.key ?? ''),
      shape: canonical(Object.fromEntries(Object.entries(question).filter(([key]) => !GLOSS.has(key)))),
      help: canonical([question.description, recOf(form.ui)[name]]),
    })
  }
  return found
}

const change = (
  name: string | null,
  kind: Change['kind'],
  words: Words,
  before: unknown,
  after: unknown,
): Change => ({
  part: 'form',
  elementId: null,
  field: name === null ? 'form' : `form.${name}`,
  kind,
  before: asJson(before),
  after: asJson(after),
  words,
  marks: { before: [], after: [] },
})

/** As a change's field names it: the dots of a field part its parts alone. */
export const plainName = ({ name }: Question) => name.replaceAll('.', '_')

function changedQuestion(was: Question, is: Question): Change[] {
  const found: Change[] = []
  const title = quoted(is.title)
  const put = (part: string, vi: string, en: string, before: unknown, after: unknown) =>
    found.push(change(`${plainName(is)}.${part}`, 'changed', say(vi, en), before, after))
  if (was.title.vi !== is.title.vi) {
    const old = quoted(was.title)
    put(
      'title',
      `Ô ${old.vi} đổi thành ${title.vi}`,
      `The question ${old.en} now reads ${title.en}`,
      was.title.vi,
      is.title.vi,
    )
  }
  if (was.prefill !== is.prefill)
    put(
      'prefill',
      is.prefill
        ? `Ô ${title.vi}: điền sẵn, người nộp không phải khai`
        : `Ô ${title.vi}: người nộp phải tự khai`,
      is.prefill
        ? `The question ${title.en} is filled in for the applicant`
        : `The question ${title.en} has to be answered`,
      was.prefill,
      is.prefill,
    )
  if (was.required !== is.required)
    put(
      'required',
      is.required ? `Ô ${title.vi}: bắt buộc` : `Ô ${title.vi}: không bắt buộc nữa`,
      is.required ? `The question ${title.en} must be answered` : `The question ${title.en} may be left open`,
      was.required,
      is.required,
    )
  if (was.group !== is.group)
    put(
      'group',
      `Ô ${title.vi}: chuyển từ nhóm “${was.group}” sang “${is.group}”`,
      `The question ${title.en} moves from “${was.group}” to “${is.group}”`,
      was.group,
      is.group,
    )
  if (canonical(was.innerRequired) !== canonical(is.innerRequired))
    put(
      'inner',
      `Ô ${title.vi}: các phần phải khai khác`,
      `The question ${title.en}: other parts have to be answered`,
      was.innerRequired,
      is.innerRequired,
    )
  else if (was.least < is.least)
    put(
      'least',
      `Ô ${title.vi}: phải khai dài hơn`,
      `The question ${title.en} wants a longer answer`,
      was.least,
      is.least,
    )
  else if (was.shape !== is.shape)
    put(
      'shape',
      `Ô ${title.vi}: cách trả lời khác`,
      `The question ${title.en} is answered in another way`,
      was.shape,
      is.shape,
    )
  else if (was.help !== is.help)
    put(
      'help',
      `Ô ${title.vi}: lời hướng dẫn khác`,
      `The question ${title.en} is explained otherwise`,
      was.help,
      is.help,
    )
  return found
}

/** What two forms ask differently. */
export function formChanges(before: Form, after: Form): Change[] {
  const [was, is] = [questionsOf(before), questionsOf(after)]
  const found: Change[] = []
  for (const one of is.values()) {
    const old = was.get(one.name)
    const title = quoted(one.title)
    if (old) found.push(...changedQuestion(old, one))
    else
      found.push(
        change(
          plainName(one),
          'added',
          one.required
            ? say(`Thêm ô bắt buộc ${title.vi} trong biểu mẫu`, `New question to be answered ${title.en}`)
            : say(`Thêm ô ${title.vi} trong biểu mẫu`, `New question ${title.en}`),
          null,
          {
            title: one.title.vi,
            required: one.required || one.innerRequired.length > 0,
            prefill: one.prefill,
          },
        ),
      )
  }
  for (const one of was.values()) {
    if (is.has(one.name)) continue
    const title = quoted(one.title)
    found.push(
      change(
        plainName(one),
        'removed',
        say(`Bỏ ô ${title.vi} trong biểu mẫu`, `Question taken out: ${title.en}`),
        one.title.vi,
        null,
      ),
    )
  }
  found.push(...conditions(before, after))
  if (found.length === 0) found.push(...otherChanges(before, after, was, is))
  return found
}

/** What one answer demands of others: conditions between questions. */
function conditions(before: Form, after: Form): Change[] {
  const own = ({ schema }: Form) => {
    const { properties: _, required: __, ...rest } = recOf(schema)
    return rest
  }
  const [was, is] = [own(before), own(after)]
  if (canonical(was) === canonical(is)) return []
  const words = say('Biểu mẫu: điều kiện giữa các ô khác', 'The form: other conditions between questions')
  const asked = (rest: Rec) => ({ required: demanded(rest).sort() })
  return [change(null, 'changed', words, asked(was), asked(is))]
}

/** What is left when every question is asked as before: their order, the groups' titles, translations. */
function otherChanges(
  before: Form,
  after: Form,
  was: Map<string, Question>,
  is: Map<string, Question>,
): Change[] {
  const order = (questions: Map<string, Question>) => [...questions.keys()]
  if (canonical(order(was)) !== canonical(order(is)))
    return [
      change(
        'order',
        'changed',
        say('Các ô của biểu mẫu theo thứ tự khác', 'The questions stand in another order'),
        order(was),
        order(is),
      ),
    ]
  const rest = ({ schema, ui, groups }: Form) =>
    canonical([
      recOf(ui),
      groups,
      Object.values(recOf(recOf(schema).properties)).map((one) => recOf(one)['x-en']),
    ])
  if (rest(before) === rest(after)) return []
  const words = say('Biểu mẫu: nhóm hoặc bản dịch khác', 'The form: other groups or translations')
  return [change(null, 'changed', words, valueWords(null).vi, null)]
}
