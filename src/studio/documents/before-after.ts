import type { Content } from 'pdfmake'
import { formatDay } from '../../calendar/format.ts'
import { letterFont, pdfmake, widthOf } from '../../letters/fonts.ts'
import { midnightOf } from '../../letters/wording.ts'
import { promisedBy, startOf } from '../diff/anchors.ts'
import type { Diagram } from '../diff/diagram.ts'
import { type Rec, recOf } from '../diff/keyed.ts'
import { dong, nameOf } from '../diff/words.ts'
import { type Drawn, drawDiagram } from '../drawing/draw.ts'
import { type MarkKind, numberSign, STYLES } from '../drawing/symbols.ts'
import { textAt } from '../drawing/text.ts'
import type { JudgedChange } from '../savings/judged.ts'
import type { Figure, Savings } from '../savings/schemas.ts'
import { badgesOf, isFiled, marksOf, shownCase } from './marks.ts'

type Version = { facts: Rec; diagram: Diagram; label: string }
export type BeforeAfter = {
  code: string
  before: Version
  after: Version
  changes: JudgedChange[]
  savings: Savings
  /** Legal day. */
  printedOn: string
  demo: boolean
}

const A3 = { width: 1190.55, height: 841.89 }
const MARGIN = 26
const WIDTH = A3.width - 2 * MARGIN
const GUTTER = 14
const HALF = (WIDTH - GUTTER) / 2

/** Tried in turn until all of it stands on one page; the last leaves out what is beyond its number of changes. */
const SIZES = [
  { text: 10.5, diagram: 560, most: 60 },
  { text: 10, diagram: 530, most: 60 },
  { text: 9, diagram: 500, most: 60 },
  { text: 9, diagram: 470, most: 60 },
  { text: 8.2, diagram: 440, most: 80 },
  { text: 7.4, diagram: 400, most: 110 },
  { text: 6.8, diagram: 360, most: 140 },
  { text: 6.4, diagram: 330, most: 90 },
  { text: 6.4, diagram: 300, most: 60 },
  { text: 6.4, diagram: 280, most: 36 },
]
type Size = (typeof SIZES)[number]

const kindOf = ({ kind }: JudgedChange): MarkKind => kind

function sign(kind: MarkKind, words: string, size: number) {
  const height = size * 1.3
  const width = Math.max(height * 1.4, widthOf(words, size, 'bold') + height * (kind === 'changed' ? 1 : 0.6))
  const box = { width: width + 2, height: height + 2 }
  const inside =
    numberSign(kind, box.width / 2, box.height / 2, width, height) +
    textAt([words], { x: box.width / 2, middle: box.height / 2, size, bold: true, colour: '#ffffff' })
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${box.width} ${box.height}" width="${box.width}" height="${box.height}">${inside}</svg>`,
    width: box.width,
    font: letterFont,
  }
}

const LEGEND: [MarkKind, string][] = [
  ['added', 'thêm'],
  ['removed', 'bỏ'],
  ['changed', 'đổi'],
]
const legend = () => ({
  columns: LEGEND.flatMap(([kind, word]) => [
    { width: 'auto', stack: [sign(kind, 'n', 7.5)] },
    { text: `${word}`, width: 'auto', margin: [0, 1, 8, 0], color: STYLES[kind].stroke },
  ]) as Content[],
  columnGap: 3,
  fontSize: 9,
  width: 'auto' as const,
})

type Drawings = Record<'before' | 'after', Drawn>

/** “4 → 3 giấy tờ, 21 → 19 ô” */
function filedWords({ figures }: Savings): string {
  const found = (['papers', 'fields'] as const).flatMap((key) => {
    const [figure] = figures
      .filter((one) => one.key === key && one.before !== null && one.before !== one.after)
      .sort((a, b) => Math.abs(b.before! - b.after) - Math.abs(a.before! - a.after))
    return figure ? [`${figure.before} → ${figure.after} ${key === 'papers' ? 'giấy tờ' : 'ô khai'}`] : []
  })
  return found.join(', ')
}

/** “10 → 8 ngày làm việc” */
const limitWordsOf = ({ figures }: Savings): string =>
  figures.find(({ key, before, after }) => key === 'committed' && before !== null && before !== after)
    ?.elements[0]?.words.vi ?? ''

function drawn({ before, after, changes, savings }: BeforeAfter, height: number): Drawings {
  const both = { before: before.diagram, after: after.diagram }
  const caseKey = shownCase(before.facts, after.facts)
  const filed = changes.flatMap((change, n) => (isFiled(change) ? [n + 1] : []))
  const receive = promisedBy(after.facts, 'clock.start')
  const draw = ({ diagram, facts }: Version, side: 'before' | 'after') => {
    const start = startOf(diagram)
    const limit = side === 'after' && receive ? limitWordsOf(savings) : ''
    return drawDiagram(diagram, {
      room: { width: HALF, height },
      marks: marksOf(changes, side, both),
      badges: badgesOf(facts, caseKey, side === 'after' ? before.facts : undefined),
      ...(limit && receive && { figures: { [receive]: limit } }),
      ...(start && {
        filed: {
          at: start,
          kind: 'changed' as const,
          numbers: filed,
          words: side === 'after' ? filedWords(savings) : '',
        },
      }),
    })
  }
  return { before: draw(before, 'before'), after: draw(after, 'after') }
}

/** The two diagrams side by side; in a trial only the room that they take. */
function diagrams(
  { before, after }: BeforeAfter,
  drawings: Drawings,
  { diagram: most }: Size,
  trial: boolean,
): Content {
  const half = (title: string, label: string, { svg, width, height }: Drawn) => ({
    width: HALF,
    stack: [
      {
        text: [
          { text: `${title}  `, bold: true, fontSize: 12 },
          { text: label, fontSize: 9 },
        ],
        margin: [0, 0, 0, 3],
      },
      trial
        ? { text: '', margin: [0, Math.min(most, (HALF * height) / width), 0, 0] }
        : { svg, fit: [HALF, most], font: letterFont },
    ],
  })
  return {
    columns: [
      half('Trước', before.label, drawings.before),
      half('Sau', after.label, drawings.after),
    ] as unknown as Content[],
    columnGap: GUTTER,
    margin: [0, 4, 0, 6],
  }
}

/** The numbered list, in columns of about the same length. */
function list(changes: JudgedChange[], { text: size, most }: Size, columns: number, trial: boolean): Content {
  const line = (change: JudgedChange, n: number): Content => ({
    columns: [
      {
        width: size * 2.6,
        stack: [trial ? { text: ' ' } : sign(kindOf(change), String(n + 1), size * 0.85)],
      },
      {
        width: '*',
        text: [
          change.words.vi,
          change.power === 'proposal'
            ? { text: '  (kiến nghị, chưa ban hành)', italics: true, color: STYLES.removed.stroke }
            : '',
        ],
      },
    ],
    margin: [0, 0, 0, 1.6],
  })
  const shown = changes.slice(0, most)
  const each = Math.ceil(shown.length / columns)
  const rest = changes.length - shown.length
  return {
    columns: Array.from({ length: columns }, (_, column) => ({
      width: '*',
      stack: [
        ...shown
          .slice(column * each, (column + 1) * each)
          .map((change, n) => line(change, column * each + n)),
        ...(rest > 0 && column === columns - 1
          ? [{ text: `… và ${rest} thay đổi khác, xem trang So sánh của bản thảo.`, italics: true }]
          : []),
      ],
    })),
    columnGap: 12,
    fontSize: size,
  }
}

const amount = (value: number | null) =>
  value === null ? '–' : value.toLocaleString('vi-VN', { maximumFractionDigits: 2 })
const UNITS: Record<Figure['unit'], string> = {
  count: '',
  'working-hour': ' giờ LV',
  'working-day': ' ngày LV',
  'calendar-day': ' ngày',
}

function savingsTable({ figures, cost, goal, volume }: Savings, { text: size }: Size): Content {
  const differs = ({ before, after }: { before: number | null; after: number }) => before !== after
  const cell = (text: string, more = {}) => ({ text, alignment: 'right' as const, noWrap: true, ...more })
  const row = (label: string, before: string, after: string, changed: boolean) => [
    { text: label, bold: changed },
    cell(before),
    cell(after, { bold: changed }),
  ]
  const caseOf = (figure: Figure) => (figure.case ? ` (${figure.case.vi})` : '')
  // What changes comes first; what does not is left out where there are many cases.
  const most = 20
  const told = [...figures].sort((a, b) => Number(differs(b)) - Number(differs(a))).slice(0, most)
  const rows = figures
    .filter((figure) => told.includes(figure))
    .map((figure) =>
      row(
        figure.label.vi + caseOf(figure),
        amount(figure.before) + (figure.before === null ? '' : UNITS[figure.unit]),
        amount(figure.after) + UNITS[figure.unit],
        differs(figure),
      ),
    )
  const money = (label: string, pair: { before: number | null; after: number }) =>
    row(label, pair.before === null ? '–' : dong(pair.before).vi, dong(pair.after).vi, differs(pair))
  const percent = goal.fewer === null ? null : Math.round(goal.fewer * 1000) / 10
  return {
    stack: [
      {
        table: {
          headerRows: 1,
          widths: ['*', 'auto', 'auto'],
          body: [
            [{ text: 'Tiết kiệm', bold: true }, cell('Trước', { bold: true }), cell('Sau', { bold: true })],
            ...rows,
            money('Chi phí tuân thủ mỗi hồ sơ (mẫu)', cost.perDossier),
            ...(cost.perYear
              ? [
                  money(
                    `Chi phí tuân thủ mỗi năm, toàn tỉnh ${amount(volume.dossiers)} hồ sơ (mẫu)`,
                    cost.perYear,
                  ),
                ]
              : []),
          ],
        },
        layout: {
          hLineWidth: (n: number) => (n === 1 ? 0.8 : 0.3),
          vLineWidth: () => 0,
          hLineColor: () => '#7d8886',
          paddingTop: () => 1.1,
          paddingBottom: () => 1.1,
          paddingLeft: () => 2,
          paddingRight: () => 2,
        },
      },
      {
        text: [
          percent === null
            ? ''
            : `Ô phải khai giảm ${amount(percent)} % (mục tiêu tỉnh ≥ ${goal.target * 100} %, nguồn báo chí, chưa đối chiếu). `,
          `Chi phí = giờ × tiền công + phí + đi lại + sao giấy tờ; tham số mẫu hoặc do tỉnh đặt, chưa đối chiếu.`,
        ],
        italics: true,
        fontSize: size - 0.6,
        margin: [0, 3, 0, 0],
      },
    ],
    fontSize: size,
  }
}

function page(
  given: BeforeAfter,
  drawings: Drawings,
  size: Size,
  trial: boolean,
  pages: (count: number) => void,
) {
  const created = midnightOf(given.printedOn)
  const name = nameOf(recOf(given.after.facts).name, given.code).vi
  const { changes } = given
  const title = `${given.code} ${name}`
  return pdfmake.createPdf({
    pageSize: A3,
    pageMargins: [MARGIN, 22, MARGIN, 24],
    language: 'vi-VN',
    info: {
      title: `Trước và sau: ${title}`,
      producer: 'mot-cua',
      creator: 'mot-cua',
      creationDate: created,
      modDate: created,
    },
    defaultStyle: { font: letterFont, fontSize: size.text, lineHeight: 1.05 },
    footer: (_, count) => {
      pages(count)
      return {
        margin: [MARGIN, 4, MARGIN, 0],
        fontSize: 7.5,
        italics: true,
        columns: [
          {
            width: '*',
            text: 'Chỉ những thay đổi thuộc thẩm quyền được ban hành; kiến nghị gửi bằng phương án đơn giản hóa.',
          },
          {
            width: 'auto',
            text: `${given.demo ? 'Dữ liệu minh họa. ' : ''}In ngày ${formatDay(given.printedOn, 'vi')}`,
          },
        ],
      }
    },
    content: [
      {
        columns: [
          {
            width: '*',
            text: [
              { text: 'Trước và sau khi thiết kế lại: ', fontSize: 14 },
              { text: title, bold: true, fontSize: 14 },
            ],
          },
          legend(),
        ],
      },
      { text: given.savings.headline.vi, bold: true, fontSize: 17, color: STYLES.added.stroke },
      diagrams(given, drawings, size, trial),
      {
        columns: [
          {
            width: '*',
            stack: [
              {
                text: `Thay đổi (${changes.length})`,
                bold: true,
                fontSize: size.text + 1.5,
                margin: [0, 0, 0, 3],
              },
              list(changes, size, changes.length > 6 ? 2 : 1, trial),
            ],
          },
          { width: 430, ...(savingsTable(given.savings, size) as object) } as Content,
        ],
        columnGap: 18,
      },
    ],
  })
}

/**
 * Before and after on one A3 page, landscape: both diagrams with what changes marked by colour, shape and number, the
 * changes in words, the savings. The same data printed on the same day give the same bytes. Throws when even the smallest
 * letters do not bring it onto one page.
 */
export async function beforeAfterPdf(given: BeforeAfter): Promise<Buffer> {
  const shown = { ...given, changes: given.changes.filter(({ part }) => part !== 'examples') }
  const known = new Map<number, Drawings>()
  const draw = async (size: Size, trial: boolean) => {
    const drawings = known.get(size.diagram) ?? drawn(shown, size.diagram)
    known.set(size.diagram, drawings)
    let count = 0
    const bytes = await page(shown, drawings, size, trial, (pages) => {
      count = pages
    }).getBuffer()
    return { bytes, count }
  }
  for (const size of SIZES) {
    // Drawing the diagrams is nearly all of the work: first only the words are set, around their room.
    if ((await draw(size, true)).count > 1) continue
    const { bytes, count } = await draw(size, false)
    if (count === 1) return bytes
  }
  throw new Error(`${given.code}: ${shown.changes.length} changes do not go onto one page`)
}
