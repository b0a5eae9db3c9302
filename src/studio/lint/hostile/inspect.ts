/** What a diagram or a routing table may not hold, whoever sent it. */
import type { Words } from '../fault.ts'
import type { Dialect } from '../feel.ts'
import { isActive, isQuietIcon } from './active.ts'
import { feelHarm } from './feel.ts'
import { type Element, type Harm, scan, Unreadable } from './scan.ts'

export type FileKind = 'bpmn' | 'dmn'

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL'
const BPMNDI = 'http://www.omg.org/spec/BPMN/20100524/DI'
const DC = 'http://www.omg.org/spec/DD/20100524/DC'
const DI = 'http://www.omg.org/spec/DD/20100524/DI'
const ZEEBE = 'http://camunda.org/schema/zeebe/1.0'
const DMN = 'https://www.omg.org/spec/DMN/20191111/MODEL/'
const DMN_PARTS = [
  'https://www.omg.org/spec/DMN/20191111/DMNDI/',
  'http://www.omg.org/spec/DMN/20180521/DC/',
  'http://www.omg.org/spec/DMN/20180521/DI/',
]
const XSI = 'http://www.w3.org/2001/XMLSchema-instance'
/** Colours and versions that modellers write; they only draw. */
const HARMLESS = [
  'http://camunda.org/schema/modeler/1.0',
  'http://bpmn.io/schema/bpmn/biocolor/1.0',
  'http://bpmn.io/schema/dmn/biodi/2.0',
  'http://www.omg.org/spec/BPMN/non-normative/color/1.0',
]
const KNOWN = [BPMN, BPMNDI, DC, DI, ZEEBE, DMN, ...DMN_PARTS, XSI, ...HARMLESS]
/** Namespaces whose elements do something by being there. */
const ACTIVE = [
  'http://www.w3.org/1999/xhtml',
  'http://www.w3.org/2000/svg',
  'http://www.w3.org/2001/XInclude',
  'http://www.w3.org/1999/XSL/Transform',
  'http://www.w3.org/1998/Math/MathML',
]
/** A decision table, and nothing that computes otherwise. */
const TABLE_FORM = [
  'definitions',
  'decision',
  'decisionTable',
  'input',
  'inputExpression',
  'inputValues',
  'output',
  'outputValues',
  'defaultOutputEntry',
  'rule',
  'inputEntry',
  'outputEntry',
  'text',
  'description',
  'annotation',
  'annotationEntry',
  'extensionElements',
  'variable',
  'inputData',
  'informationRequirement',
  'requiredInput',
  'question',
  'allowedAnswers',
]
const NCNAME = /^[\p{L}_][\p{L}\p{N}\p{M}._-]*$/u
const MOST_ID = 200
const COORDINATES = ['x', 'y', 'width', 'height']
const FARTHEST = 100_000
const MOST_HARMS = 20

/** `notes`: what is kept, and said. */
export type Inspection = { text: string; harms: Harm[]; notes: Harm[] }

type Looked = {
  harms: Harm[]
  notes: Harm[]
  ids: Set<string>
  unknown: Set<string>
  roots: number
  drawn: number
  /** What was said of an expression: most stand in many rows. */
  feel: Map<string, Words | null>
  feelRead: number
}

/** The id of the element of the drawing that somebody would look for: its own, or of the nearest around it that has one. */
const idOf = (element: Element): string | null => {
  const drawn = [...element.path, element].filter(({ namespace }) => namespace === BPMN || namespace === DMN)
  const ids = drawn.flatMap(
    ({ attributes }) => attributes.find(({ name }) => name === 'id')?.value.slice(0, MOST_ID) ?? [],
  )
  return ids.at(-1) ?? null
}

const harm = (rule: string, element: Element, line: number, message: Words): Harm => ({
  rule,
  line,
  element: idOf(element) ?? element.name,
  message,
})

const isIcon = (name: string) => name === 'modelerTemplateIcon' || name === 'icon'

function lookAtValues(element: Element, looked: Looked, kind: FileKind): void {
  for (const { name, local, value } of element.attributes) {
    const say = (rule: string, vi: string, en: string) =>
      looked.harms.push(harm(rule, element, element.line, { vi, en }))
    if (isIcon(local)) {
      if (!isQuietIcon(value))
        say(
          'icon',
          'Biểu tượng không phải hình tĩnh nằm trong tệp (có mã chạy, liên kết hoặc địa chỉ ngoài). Xóa biểu tượng.',
          'The icon is no picture that only draws (it has code, links or an address). Remove it.',
        )
    } else if (isActive(value))
      say(
        'active',
        `Thuộc tính ${name} có mã chạy được (script, javascript:, on…=). Xóa phần đó.`,
        `The attribute ${name} holds something that runs (script, javascript:, on…=). Remove it.`,
      )
    if (kind === 'bpmn' && value.trimStart().startsWith('='))
      sayFeel(value.trim().slice(1), 'Expression', element, element.line, looked)
  }
}

/** Characters of different expressions in one file; five hundred steps need a tenth of it. */
const MOST_FEEL_IN_ALL = 50_000

function sayFeel(expression: string, dialect: Dialect, element: Element, line: number, looked: Looked): void {
  const key = `${dialect} ${expression}`
  let words = looked.feel.get(key)
  if (words === undefined) {
    looked.feelRead += expression.length
    words =
      looked.feelRead > MOST_FEEL_IN_ALL
        ? {
            vi: `Tệp có hơn ${MOST_FEEL_IN_ALL} ký tự biểu thức khác nhau. Gộp các dòng giống nhau.`,
            en: `The file has more than ${MOST_FEEL_IN_ALL} characters of different expressions. Join rows that are alike.`,
          }
        : feelHarm(expression, dialect)
    looked.feel.set(key, words)
  }
  if (words) looked.harms.push(harm('feel', element, line, words))
}

/** Where a table has FEEL, by the element around its text. */
const CELLS: Record<string, Dialect> = {
  inputExpression: 'Expression',
  inputEntry: 'UnaryTests',
  inputValues: 'UnaryTests',
  outputEntry: 'Expression',
  outputValues: 'UnaryTests',
  defaultOutputEntry: 'Expression',
}

/** The text of a condition, or of a cell. */
function lookAtText(value: string, element: Element, line: number, kind: FileKind, looked: Looked): void {
  if (kind === 'bpmn') {
    if (value.trimStart().startsWith('=')) sayFeel(value.trim().slice(1), 'Expression', element, line, looked)
    return
  }
  const dialect = element.local === 'text' ? CELLS[element.path.at(-1)?.local ?? ''] : undefined
  if (dialect) sayFeel(value.trim(), dialect, element, line, looked)
}

/** What the standard types as an expression. */
const EXPRESSIONS = [
  'conditionExpression',
  'completionCondition',
  'condition',
  'loopCardinality',
  'timeDate',
  'timeDuration',
  'timeCycle',
  'script',
  'from',
  'to',
]

/** One reader takes the words of an expression alone, another those of the elements in it too. */
function lookAtNesting(element: Element, looked: Looked): void {
  const around = element.path.at(-1)
  const holdsFeel =
    around?.namespace === DMN
      ? around.local === 'text'
      : around?.namespace === BPMN && EXPRESSIONS.includes(around.local)
  if (holdsFeel)
    looked.harms.push(
      harm('feel', element, element.line, {
        vi: `Trong biểu thức có phần tử <${element.name}>: mỗi máy đọc ra một biểu thức khác nhau. Viết biểu thức liền một mạch.`,
        en: `There is an element <${element.name}> inside the expression, and each reader makes another expression of it. Write it in one piece.`,
      }),
    )
}

function lookAtId(element: Element, looked: Looked): void {
  const id = element.attributes.find(({ name }) => name === 'id')
  // The extensions and strangers have ids of their own, which nothing refers to.
  if (!id || ![BPMN, BPMNDI, DMN, ...DMN_PARTS].includes(element.namespace ?? '')) return
  const { value } = id
  if (value.length > MOST_ID || !NCNAME.test(value))
    looked.harms.push(
      harm('id-name', element, element.line, {
        vi: `Mã “${value.slice(0, 60)}” không hợp lệ: bắt đầu bằng chữ, chỉ gồm chữ, số, dấu chấm, gạch. Đổi mã.`,
        en: `“${value.slice(0, 60)}” is no id: it begins with a letter and has letters, digits, dots and dashes. Change it.`,
      }),
    )
  if (looked.ids.has(value))
    looked.harms.push(
      harm('id-twice', element, element.line, {
        vi: `Mã “${value.slice(0, 60)}” có hai lần. Đổi một mã.`,
        en: `The id “${value.slice(0, 60)}” is there twice. Change one.`,
      }),
    )
  looked.ids.add(value)
}

function lookAtPlace(element: Element, looked: Looked): void {
  if (element.local !== 'Bounds' && element.local !== 'waypoint' && element.local !== 'Point') return
  for (const { name, value } of element.attributes)
    if (COORDINATES.includes(name)) {
      const number = value.trim() === '' ? Number.NaN : Number(value)
      if (!/^-?\d+(\.\d+)?(e-?\d{1,2})?$/i.test(value.trim()) || Math.abs(number) > FARTHEST)
        looked.harms.push(
          harm('place', element, element.line, {
            vi: `Tọa độ ${name}="${value.slice(0, 30)}" không phải số trên trang. Vẽ lại hình đó.`,
            en: `${name}="${value.slice(0, 30)}" is no place on the page. Draw the shape again.`,
          }),
        )
    }
}

/** BPMN and Camunda call a FEEL expression a script too; the rules of diagrams keep those out. */
const isScript = ({ local, namespace }: Element) =>
  local.toLowerCase() === 'script' && namespace !== ZEEBE && namespace !== BPMN

function lookAtNamespace(element: Element, looked: Looked): void {
  const spaces = [
    element.namespace ?? '',
    ...element.attributes
      .filter(({ name, prefix }) => name === 'xmlns' || prefix === 'xmlns')
      .map(({ value }) => value),
  ]
  if (ACTIVE.includes(element.namespace ?? '') || isScript(element))
    looked.harms.push(
      harm('active', element, element.line, {
        vi: `Có phần tử <${element.name}>, thứ chạy được hoặc kéo tệp khác vào. Xóa phần tử đó.`,
        en: `There is an element <${element.name}>, which runs or fetches something. Remove it.`,
      }),
    )
  for (const space of spaces)
    if (space && !KNOWN.includes(space) && !looked.unknown.has(space) && looked.notes.length < MOST_HARMS) {
      looked.unknown.add(space)
      looked.notes.push(
        harm('namespace-unknown', element, element.line, {
          vi: `Có phần mở rộng lạ (${space.slice(0, 100)}): được giữ nguyên trong tệp, hệ thống không dùng đến.`,
          en: `There is an extension nobody here knows (${space.slice(0, 100)}): it is kept and never used.`,
        }),
      )
    }
}

/** Rules follow every way through the drawing, so there is an end to how much of it there is. */
const MOST_DRAWN = 3_000
const isDrawn = ({ local, path }: Element) =>
  ['process', 'subProcess', 'adHocSubProcess', 'transaction'].includes(path.at(-1)?.local ?? '') &&
  /(Event|Gateway|[tT]ask|ubProcess|Activity|Flow|transaction|Object|Reference)$/.test(local)

/** What only a diagram may not have; `baseId`: the process id of its procedure. */
function lookAtDiagram(element: Element, looked: Looked, baseId: string | undefined): void {
  if (element.namespace !== BPMN) return
  if (element.local === 'import')
    looked.harms.push(
      harm('import', element, element.line, {
        vi: 'Tệp gọi thêm tệp khác (import). Xóa phần import.',
        en: 'The file imports another file. Remove the import.',
      }),
    )
  if (isDrawn(element)) looked.drawn += 1
  if (looked.drawn === MOST_DRAWN + 1)
    looked.harms.push(
      harm('too-many', element, element.line, {
        vi: `Sơ đồ có hơn ${MOST_DRAWN} bước và đường. Một thủ tục chỉ cần vài chục; tách hoặc bỏ bớt.`,
        en: `The diagram has more than ${MOST_DRAWN} nodes and flows. A procedure needs some dozens; split it or take some out.`,
      }),
    )
  if (element.local !== 'process') return
  looked.roots += 1
  if (looked.roots > 1)
    looked.harms.push(
      harm('one-process', element, element.line, {
        vi: 'Tệp có hơn một quy trình; mỗi thủ tục chỉ một. Xóa quy trình thừa.',
        en: 'The file has more than one process; a procedure has one. Delete the other.',
      }),
    )
  const id = element.attributes.find(({ name }) => name === 'id')?.value
  if (baseId !== undefined && id !== baseId)
    looked.harms.push(
      harm('other-procedure', element, element.line, {
        vi: `Quy trình mang mã “${(id ?? '').slice(0, 60)}”, của thủ tục khác; thủ tục này là “${baseId}”. Đổi mã quy trình.`,
        en: `The process has the id “${(id ?? '').slice(0, 60)}”, another procedure’s; this one’s is “${baseId}”. Change it.`,
      }),
    )
}

function lookAtTable(element: Element, looked: Looked, baseId: string | undefined): void {
  if (element.namespace !== DMN) return
  const say = (rule: string, vi: string, en: string) =>
    looked.harms.push(harm(rule, element, element.line, { vi, en }))
  if (!TABLE_FORM.includes(element.local))
    say(
      'table-form',
      `Phân tuyến chỉ là một bảng quyết định; <${element.name}> không dùng được. Viết lại bằng bảng.`,
      `Routing is one decision table; <${element.name}> cannot be used. Write it as a table.`,
    )
  const language = element.attributes.find(({ name }) => name === 'expressionLanguage')?.value
  if (language && !/feel/i.test(language))
    say(
      'table-form',
      `Biểu thức viết bằng “${language.slice(0, 60)}”; chỉ dùng FEEL.`,
      `An expression is in “${language.slice(0, 60)}”; only FEEL is used.`,
    )
  if (element.local !== 'decision') return
  looked.roots += 1
  if (looked.roots > 1)
    say(
      'table-form',
      'Tệp có hơn một bảng quyết định. Giữ một bảng.',
      'The file has more than one decision. Keep one.',
    )
  const id = element.attributes.find(({ name }) => name === 'id')?.value
  if (baseId !== undefined && id !== `routing_${baseId}`)
    say(
      'other-procedure',
      `Bảng mang mã “${(id ?? '').slice(0, 60)}”, của thủ tục khác; phải là “routing_${baseId}”.`,
      `The decision has the id “${(id ?? '').slice(0, 60)}”, another procedure’s; it must be “routing_${baseId}”.`,
    )
}

const ROOTS = { bpmn: BPMN, dmn: DMN }

function lookAtRoot(element: Element, looked: Looked, kind: FileKind): void {
  if (element.path.length > 0) return
  if (element.local !== 'definitions' || element.namespace !== ROOTS[kind])
    looked.harms.push(
      harm('root', element, element.line, {
        vi: `Tệp không phải ${kind === 'bpmn' ? 'sơ đồ BPMN 2.0' : 'bảng DMN 1.3'} (gốc là <${element.name.slice(0, 60)}>). Chọn đúng tệp.`,
        en: `The file is no ${kind === 'bpmn' ? 'BPMN 2.0 diagram' : 'DMN 1.3 table'} (its root is <${element.name.slice(0, 60)}>). Choose the right file.`,
      }),
    )
}

/** Largest files, in characters; larger ones are refused before anything reads them. */
export const MOST_CHARACTERS: Record<FileKind, number> = { bpmn: 4_000_000, dmn: 1_000_000 }

function refusedUnread(xml: string, kind: FileKind): Harm | null {
  const whole = (rule: string, vi: string, en: string): Harm => ({
    rule,
    line: 1,
    element: null,
    message: { vi, en },
  })
  if (xml.length > MOST_CHARACTERS[kind])
    return whole(
      'too-large',
      `Tệp lớn hơn ${MOST_CHARACTERS[kind] / 1_000_000} triệu ký tự. Một thủ tục ba mươi bước chỉ cần vài chục nghìn; bỏ phần thừa.`,
      `The file has more than ${MOST_CHARACTERS[kind] / 1_000_000} million characters. Thirty steps need some ten thousands; take out what is not needed.`,
    )
  if (xml.startsWith('PK'))
    return whole(
      'not-xml',
      'Đây là tệp nén, không phải sơ đồ. Giải nén rồi nhập tệp .bpmn bên trong.',
      'This is an archive. Unpack it and import the .bpmn inside.',
    )
  if (/^(%PDF|\u0089PNG|GIF8|\{|\[)/.test(xml))
    return whole(
      'not-xml',
      'Tệp không phải XML. Chọn tệp .bpmn hoặc .dmn.',
      'The file is no XML. Choose a .bpmn or .dmn file.',
    )
  return null
}

/** What harms nobody while it is drawn: the rules say it, and nothing with it is published or tried. */
const OF_IDENTITY = ['one-process', 'other-procedure']

export type InspectOptions = {
  /** Process id of the procedure it is for; without it any is taken. */
  baseId?: string
  /** A drawing that is being worked on: a second pool must not keep it from being saved. */
  inProgress?: boolean
}

/**
 * Looks through a file in one pass that ends. A byte order mark is taken off; everything else is as
 * it was.
 */
export function inspectXml(
  given: string,
  kind: FileKind,
  { baseId, inProgress = false }: InspectOptions = {},
): Inspection {
  const text = given.startsWith('\ufeff') ? given.slice(1) : given
  const early = refusedUnread(text, kind)
  if (early) return { text, harms: [early], notes: [] }
  const looked: Looked = {
    harms: [],
    notes: [],
    ids: new Set(),
    unknown: new Set(),
    roots: 0,
    drawn: 0,
    feel: new Map(),
    feelRead: 0,
  }
  try {
    scan(text, {
      element(element) {
        if (looked.harms.length >= MOST_HARMS) return
        lookAtRoot(element, looked, kind)
        lookAtNamespace(element, looked)
        lookAtValues(element, looked, kind)
        lookAtId(element, looked)
        lookAtPlace(element, looked)
        lookAtNesting(element, looked)
        if (kind === 'bpmn') lookAtDiagram(element, looked, baseId)
        else lookAtTable(element, looked, baseId)
      },
      text(value, element, line) {
        if (looked.harms.length >= MOST_HARMS) return
        if (isActive(value))
          looked.harms.push(
            harm('active', element, line, {
              vi: 'Nội dung có mã chạy được (script, javascript:, on…=). Xóa phần đó.',
              en: 'The text holds something that runs (script, javascript:, on…=). Remove it.',
            }),
          )
        lookAtText(value, element, line, kind, looked)
      },
    })
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    looked.harms.push(error.harm)
  }
  if (looked.roots === 0 && looked.harms.length === 0)
    looked.harms.push({
      rule: 'root',
      line: 1,
      element: null,
      message:
        kind === 'bpmn'
          ? { vi: 'Tệp không có quy trình nào.', en: 'The file has no process.' }
          : { vi: 'Tệp không có bảng quyết định nào.', en: 'The file has no decision.' },
    })
  const harms = inProgress ? looked.harms.filter(({ rule }) => !OF_IDENTITY.includes(rule)) : looked.harms
  return { text, harms, notes: looked.notes }
}
