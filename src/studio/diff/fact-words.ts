import { systemLabels, systemNames } from '../../exchange/systems.ts'
import type { Text } from '../../text.ts'
import type { ChangePart } from './change.ts'
import { type Difference, isRec, type Rec, recOf } from './keyed.ts'
import { dong, nameOf, quoted, say, valueChange, valueWords } from './words.ts'

type Words = Required<Text>
export type Facts = { before: Rec; after: Rec }

/** What the words need to know beside the place itself. */
export type Place = Difference & {
  facts: Facts
  /** What the `*` of the pattern stood for. */
  keys: string[]
}
export type Said = { part: ChangePart; words: Words; elementId?: string | undefined }
export type Rule = [pattern: string, said: (place: Place) => Said]

export const either = ({ before, after }: Facts, ...path: string[]): unknown => {
  const at = (facts: Rec) => path.reduce<unknown>((value, key) => recOf(value)[key], facts)
  return at(after) ?? at(before)
}

/** “ (Nhà ở riêng lẻ)” where the procedure has more than one case. */
export const ofCase = (facts: Facts, key: string): Words => {
  const several = Object.keys({ ...recOf(facts.before.cases), ...recOf(facts.after.cases) }).length > 1
  if (!several) return say('', '')
  const name = nameOf(either(facts, 'cases', key, 'name'), key)
  return say(` (${name.vi})`, ` (${name.en})`)
}

export const stepName = (facts: Facts, id: string): Words =>
  quoted(nameOf(either(facts, 'steps', id, 'name') ?? either(facts, 'waits', id, 'name'), id))

export const join = (label: Words, { before, after }: Difference): Words => {
  const change = valueChange(before, after)
  const same = canonicalWords(before) === canonicalWords(after)
  if (same) return say(`${label.vi}: nội dung khác`, `${label.en}: other content`)
  return say(`${label.vi}: ${change.vi}`, `${label.en}: ${change.en}`)
}
export const canonicalWords = (value: unknown) => valueWords(value).vi

export const verb = ({ before, after }: Difference, thing: Words): Words => {
  if (before === undefined) return say(`Thêm ${thing.vi}`, `New ${thing.en}`)
  if (after === undefined) return say(`Bỏ ${thing.vi}`, `Taken out: ${thing.en}`)
  return say(`Đổi ${thing.vi}`, `Changed: ${thing.en}`)
}

export const paperName = ({ facts, keys }: Place) =>
  quoted(nameOf(either(facts, 'papers', keys[0]!, 'name'), keys[0]!))

export const requiredWords = (value: unknown): Words => {
  if (!isRec(value)) return say('không bắt buộc', 'not required')
  const channels = valueWords(value.channels)
  return say(`bắt buộc (${channels.vi})`, `required (${channels.en})`)
}

export const ofStep = (place: Place, label: Words): Said => {
  const id = place.keys[0]!
  const name = stepName(place.facts, id)
  return {
    part: 'steps',
    elementId: id,
    words: join(say(`Bước ${name.vi}, ${label.vi}`, `Step ${name.en}, ${label.en}`), place),
  }
}

export const feeName = ({ keys: [key = ''], facts }: Place): Words => {
  const [channel = '', ofWhich = '*'] = key.split(' ')
  const way = valueWords(channel)
  const which = ofWhich === '*' ? say('', '') : ofCase(facts, ofWhich)
  return say(`Phí, lệ phí nộp ${way.vi}${which.vi}`, `Fee when filed ${way.en}${which.en}`)
}

export const labelled =
  (part: ChangePart, vi: string, en: string) =>
  (place: Place): Said => ({ part, words: join(say(vi, en), place) })

/** Cơ sở dữ liệu quốc gia về đất đai: the system asked by a question, or its name as it stands where we know none. */
const systemOf = (exchange: unknown): Words => {
  const { system } = recOf(exchange)
  const known = systemNames.find((one) => one === system)
  return known ? nameOf(systemLabels[known], known) : nameOf(system, '?')
}
const askedBy = (facts: Rec, exchange: unknown): Words => systemOf(recOf(facts.exchanges)[String(exchange)])

/** A paper that the agency looks up, where and by which text; or one that has to be brought again. */
export const lookedUp = (place: Place): Words => {
  const name = paperName(place)
  const rule = recOf(place.after)
  if (place.after === undefined)
    return say(
      `Giấy tờ ${name.vi}: cơ quan không tra cứu nữa`,
      `Paper ${name.en}: no longer looked up by the agency`,
    )
  const where = askedBy(place.facts.after, rule.exchange)
  const text = String(recOf(rule.basis).text ?? '')
  return say(
    `Giấy tờ ${name.vi}: không phải nộp, cơ quan tra cứu ${where.vi}${text && ` (${text})`}`,
    `Paper ${name.en}: not handed in, looked up by the agency ${where.en}${text && ` (${text})`}`,
  )
}

/** The system, not the element that asks it: another step may ask the same one. */
export const lookedUpElsewhere = (place: Place): Words => {
  const name = paperName(place)
  const was = askedBy(place.facts.before, place.before)
  const is = askedBy(place.facts.after, place.after)
  if (was.vi === is.vi)
    return say(
      `Giấy tờ ${name.vi}: tra cứu ${is.vi} ở bước khác`,
      `Paper ${name.en}: looked up by the agency (${is.en}) at another step`,
    )
  return say(
    `Giấy tờ ${name.vi}, tra cứu ở: ${was.vi} → ${is.vi}`,
    `Paper ${name.en}, looked up at: ${was.en} → ${is.en}`,
  )
}

export const ofLimit = (place: Place, label: Words): Said => {
  const which = ofCase(place.facts, place.keys[0]!)
  return { part: 'limits', words: join(say(`${label.vi}${which.vi}`, `${label.en}${which.en}`), place) }
}
export const outcome = (place: Place, of: (name: Words) => Words): Said => {
  const [id = '', key = ''] = place.keys
  const label = quoted(nameOf(either(place.facts, 'steps', id, 'outcomes', key, 'label'), key))
  const [name, words] = [stepName(place.facts, id), of(label)]
  const lower = (text: string) => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1)
  return {
    part: 'steps',
    elementId: id,
    words: say(`Bước ${name.vi}: ${lower(words.vi)}`, `Step ${name.en}: ${lower(words.en)}`),
  }
}
export const ofPaper = (place: Place, was: Words, is: Words): Said => {
  const name = paperName(place)
  return {
    part: 'papers',
    words: say(`Giấy tờ ${name.vi}: ${was.vi} → ${is.vi}`, `Paper ${name.en}: ${was.en} → ${is.en}`),
  }
}
export const paperField = (place: Place, vi: string, en: string): Said => {
  const name = paperName(place)
  return { part: 'papers', words: join(say(`Giấy tờ ${name.vi}, ${vi}`, `Paper ${name.en}, ${en}`), place) }
}
export const feeSaid = (place: Place, before: unknown, after: unknown): Said => {
  const [name, was, is] = [feeName(place), dong(before), dong(after)]
  return { part: 'fees', words: say(`${name.vi}: ${was.vi} → ${is.vi}`, `${name.en}: ${was.en} → ${is.en}`) }
}
export const stage = ({ keys: [key] }: Place): Words =>
  key === 'guidance' ? say('hướng dẫn', 'guidance') : say('thông báo', 'notice')
export const round = (place: Place, label: Words): Said => {
  const which = stage(place)
  return {
    part: 'limits',
    words: join(say(`Bổ sung (${which.vi}), ${label.vi}`, `Supplement (${which.en}), ${label.en}`), place),
  }
}
export const ofExchange = (place: Place, label: Words): Said => {
  const wait = String(either(place.facts, 'exchanges', place.keys[0]!, 'wait') ?? '')
  const name = stepName(place.facts, wait)
  return {
    part: 'steps',
    elementId: place.keys[0],
    words: join(say(`Tra cứu ${name.vi}, ${label.vi}`, `Look-up ${name.en}, ${label.en}`), place),
  }
}
/** tra cứu “Dữ liệu đất đai” (Cơ sở dữ liệu quốc gia về đất đai) */
export const exchangeWords = (place: Place): Words => {
  const rule = recOf(place.after ?? place.before)
  const name = stepName(place.facts, String(rule.wait))
  const where = systemOf(rule)
  return say(`tra cứu ${name.vi} (${where.vi})`, `look-up ${name.en} (${where.en})`)
}
export const templateName = ({ facts, keys: [key = ''] }: Place) =>
  `“${nameOf(either(facts, 'resultTemplates', key, 'name') ?? either(facts, 'resultTemplates', key, 'title'), key).vi}”`
export const phrase = ({ keys: [key = ''] }: Place) => {
  const words = key.slice(key.indexOf(' ') + 1)
  return `“${words.length > 60 ? `${words.slice(0, 59)}…` : words}”`
}
