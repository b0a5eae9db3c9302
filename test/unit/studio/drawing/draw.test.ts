import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { widthOf } from '../../../../src/letters/fonts.ts'
import { allOf, readXml, type Xml } from '../../../../src/studio/diff/xml.ts'
import { type DrawOptions, drawXml, numbersAsText } from '../../../../src/studio/drawing/draw.ts'
import { fitted, wrap } from '../../../../src/studio/drawing/text.ts'
import { sourceOf, sources } from '../sources.ts'

const SHARED = ['deadline-watch', 'consultation', 'apology', 'stop'].map((name): [string, string] => [
  name,
  readFileSync(join('processes/shared', `${name}.bpmn`), 'utf8'),
])
const ALL = [...sources.map(([name, { bpmn }]): [string, string] => [name, bpmn]), ...SHARED]
const { bpmn } = sourceOf('1.013225')

const textsOf = (svg: string) => allOf(readXml(svg), 'text').map(({ text }) => text)
const numbersIn = (element: Xml): string[] => [
  ...Object.values(element.attributes),
  ...element.children.flatMap(numbersIn),
]

describe.each(ALL)('the drawing of %s', (_, xml) => {
  it.each<DrawOptions>([{}, { compact: true }, { room: { width: 562, height: 560 } }])(
    'holds every name, and only shapes and text (%j)',
    async (options) => {
      const { svg, width, height } = await drawXml(xml, options)
      const said = textsOf(svg).join(' ').replace(/\s+/g, '')
      for (const [, name] of xml.matchAll(
        /<bpmn:(?:userTask|serviceTask|exclusiveGateway|lane|participant)[^>]* name="([^"]*)"/g,
      ))
        expect(said).toContain(name!.replace(/\s+/g, ''))
      expect(new Set(svg.match(/<(\w+)/g))).not.toContain('<script')
      expect(svg).not.toMatch(/NaN|Infinity|undefined|href|on\w+=/)
      expect(numbersIn(readXml(svg)).length).toBeGreaterThan(50)
      expect(width).toBeGreaterThan(100)
      expect(height).toBeGreaterThan(50)
      expect((await drawXml(xml, options)).svg).toBe(svg)
    },
  )
})

it('little room makes a drawing smaller and turns no line', async () => {
  const [wide, small] = [await drawXml(bpmn), await drawXml(bpmn, { compact: true })]
  expect(small.width * small.height).toBeLessThan(wide.width * wide.height)
})

it('a change shows by colour, by shape and by its numbers', async () => {
  const { svg } = await drawXml(bpmn, {
    marks: {
      SignResult: { kind: 'changed', numbers: [1] },
      ReviewResult: { kind: 'removed', numbers: [2, 3, 4] },
      Receive: { kind: 'added', numbers: [5, 7] },
      Assign_to_Appraise: { kind: 'changed', numbers: [] },
    },
    badges: { Appraise: '28 giờ' },
  })
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['1', '2–4', '5, 7', '28 giờ']))
  expect(svg).toMatch(/<polygon points="[^"]+" fill="#8a5200"/)
  expect(svg).toMatch(/<rect [^>]*rx="0" fill="#a61b1b"/)
  expect(svg).toMatch(/<rect [^>]*stroke="#a61b1b"[^>]*stroke-dasharray/)
})

it.each([
  ['<script>alert(1)</script>', '&lt;script&gt;'],
  ['a" onload="alert(1)', 'a&quot;'],
  ["]]><!ENTITY x 'y'>&x;", ']]&gt;'],
])('a name like %s is text and nothing else', async (name, inside) => {
  const escaped = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  const { svg } = await drawXml(bpmn.replace('name="Thẩm định hồ sơ"', `name="${escaped}"`))
  expect(svg).toContain(inside)
  expect(svg).not.toMatch(/<script|<!|<[^>]* on\w+\s*=/)
})

it('what has no coordinates, or wild ones, is left out', async () => {
  const wild = bpmn.replace(/(bpmnElement="Appraise">\s*<dc:Bounds x=")\d+/, '$11e999')
  expect(textsOf((await drawXml(wild)).svg).join(' ')).not.toContain('Thẩm định')
  expect((await drawXml(bpmn.replace(/<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/, ''))).svg).toMatch(
    /^<svg .*<\/svg>$/,
  )
})

it('words are broken where they fit, in the letters they are set in', () => {
  const text = 'Chuyển đơn vị thụ lý hồ sơ'
  for (const line of wrap(text, 16, 92)) expect(widthOf(line, 16)).toBeLessThanOrEqual(92)
  expect(wrap(text, 16, 92).join(' ')).toBe(text)
  const { lines, size } = fitted(text, { width: 92, height: 60 }, 20, 9)
  expect(lines.length * size * 1.12).toBeLessThanOrEqual(60)
  expect(widthOf('Ặ', 1000)).toBeGreaterThan(500)
})

it.each([
  [[3], '3'],
  [[2, 1], '1, 2'],
  [[4, 5, 6, 9], '4–6, 9'],
])('the numbers %j are written %s', (numbers, said) => {
  expect(numbersAsText(numbers)).toBe(said)
})

/** Sizes at which words are printed in points, in a room of so many points. */
const pointsIn = (svg: string, printed: number, width: number) =>
  allOf(readXml(svg), 'text').map(({ text, attributes }) => ({
    text,
    points: (Number(attributes['font-size']) * printed) / width,
  }))

it('a drawing grows into its room until the names in it can be read', async () => {
  const room = { width: 562, height: 560 }
  const { svg, width, height } = await drawXml(bpmn, { room })
  const printed = Math.min(room.width, (room.height * width) / height)
  const words = pointsIn(svg, printed, width)
  expect(words.filter(({ points }) => points < 5.9)).toEqual([])
  const inBoxes = words.filter(({ text }) => ['Thẩm', 'định hồ', 'Ký kết', 'thụ lý'].includes(text))
  expect(inBoxes).toHaveLength(5)
  for (const { points } of inBoxes) expect(points).toBeGreaterThanOrEqual(7)
  // High enough to use the page, and not higher than it.
  expect(width / height).toBeGreaterThanOrEqual(room.width / room.height)
  const small = await drawXml(bpmn, { compact: true })
  expect(height / width).toBeGreaterThan((1.2 * small.height) / small.width)
})

it('what is filed stands at a sheet of paper, and no name runs over the edge of its pool', async () => {
  const { svg, width } = await drawXml(bpmn, {
    room: { width: 562, height: 560 },
    figures: { Receive: '10 → 8 ngày' },
    filed: { at: 'Start', kind: 'changed', numbers: [5, 6, 7], words: '4 → 3 giấy tờ' },
  })
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['5–7', '4 → 3 giấy tờ', '10 → 8 ngày']))
  const [x0 = 0] = (readXml(svg).children[0]?.attributes.viewBox ?? '').split(' ').map(Number)
  for (const { text, attributes } of allOf(readXml(svg), 'text').filter((one) => !one.attributes.transform)) {
    const size = Number(attributes['font-size'])
    const long = widthOf(text, size, attributes['font-weight'] ? 'bold' : 'normal')
    const right =
      Number(attributes.x) +
      (attributes['text-anchor'] === 'middle' ? long / 2 : attributes['text-anchor'] === 'start' ? long : 0)
    expect(right).toBeLessThanOrEqual(x0 + width)
  }
})
