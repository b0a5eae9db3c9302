import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { difference, withDifference } from '../../../src/studio/drafts/texts.ts'

const line = fc.constantFrom('', '<a>', '</a>', '<b x="1"/>', '  ', 'Thẩm định', '\\', '"', '[1,2]', '\u2028')
const text = fc.array(line, { maxLength: 40 }).map((lines) => lines.join('\n'))

describe('the difference between two texts', () => {
  it('gives the second back to the letter, whatever the two are', () => {
    fc.assert(
      fc.property(text, text, (base, next) => {
        expect(withDifference(base, difference(base, next))).toBe(next)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps a \r where it was', () => {
    const base = 'a\r\nb\r\nc'
    const next = 'a\r\nB\nc\r'
    expect(withDifference(base, difference(base, next))).toBe(next)
  })

  it('of a diagram in which one box has a new name and another place is a few hundred characters', () => {
    const base = readFileSync('processes/1.013225-cap-giay-phep-xay-dung-moi/process.bpmn', 'utf8')
    const next = base.replace('name="Thẩm định hồ sơ"', 'name="Thẩm định"').replace(/ x="(\d+)"/, ' x="1$1"')
    expect(next).not.toBe(base)
    const changed = difference(base, next)
    expect(withDifference(base, changed)).toBe(next)
    expect(changed.length).toBeLessThan(500)
    expect(base.length).toBeGreaterThan(10_000)
  })

  it('of a text that was taken up and put down elsewhere names the lines, not their words', () => {
    const lines = Array.from({ length: 400 }, (_, n) => `<line n="${n}"/>`)
    const moved = [...lines.slice(200), ...lines.slice(0, 200)].join('\n')
    expect(difference(lines.join('\n'), moved).length).toBeLessThan(60)
  })
})
