import fc from 'fast-check'
import { readable } from '../../../../src/studio/compare/compared.ts'
import { UnreadableDiagram } from '../../../../src/studio/diff/diagram.ts'
import { diffSources } from '../../../../src/studio/diff/diff.ts'
import { keyedFacts } from '../../../../src/studio/diff/keyed.ts'
import { annexDocx } from '../../../../src/studio/documents/annex.ts'
import { beforeAfterPdf } from '../../../../src/studio/documents/before-after.ts'
import { readCounted } from '../../../../src/studio/savings/figures.ts'
import { SAMPLE } from '../../../../src/studio/savings/parameters.ts'
import { judgedChanges } from '../../../../src/studio/savings/power.ts'
import { withProposals } from '../../../../src/studio/savings/proposed.ts'
import { savingsOf } from '../../../../src/studio/savings/savings.ts'
import { redesigned } from '../redesign.ts'

const nobody = { from: '2025-11-23', to: '2026-11-22', dossiers: 0, rows: [] }
const sample = { ...SAMPLE, set: false }
const JUNK = [null, 'x', 5, -1, true, [], {}, [null], [5, 'x'], { vi: 5 }, { value: 'x', unit: 'năm' }]

/** Every place of the data, branches too. */
const places = (value: unknown, path: (string | number)[] = []): (string | number)[][] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, item]) =>
        places(item, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : []),
]

const { before } = redesigned('1.001612', () => undefined)
const all = [
  ...places(before.definition).map((path) => ['definition', path] as const),
  ...places(before.eform).map((path) => ['eform', path] as const),
].filter(([, path]) => path.length > 0)

it('a draft that is half typed is compared, judged, counted and printed all the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...all), fc.constantFrom(...JUNK)), { minLength: 1, maxLength: 4 }),
      async (edits) => {
        const { after } = redesigned('1.001612', (source) => {
          for (const [[part, path], junk] of edits) {
            const holder = path.slice(0, -1).reduce((value, key) => value?.[key], source[part])
            if (typeof holder === 'object' && holder !== null) holder[path.at(-1)!] = structuredClone(junk)
          }
        })
        const changes = await judgedChanges(before, after)
        for (const { words } of changes) expect(words.vi).not.toBe('')
        await savingsOf(before, after, nobody, sample)
        await savingsOf(after, before, nobody, sample)
        withProposals(before, after, changes)
        const facts = keyedFacts(after)
        await annexDocx({
          code: 'x',
          facts,
          numbers: new Map(),
          earlier: null,
          label: 'x',
          printedOn: '2026-11-22',
          demo: true,
        })
      },
    ),
    { numRuns: 15 },
  )
})

it('a diagram that cannot be read is the draft’s fault, with its field', async () => {
  const broken = { ...before, bpmn: '<so-do />' }
  await expect(diffSources(before, broken)).rejects.toThrow(UnreadableDiagram)
  await expect(readable(() => diffSources(before, broken))).rejects.toMatchObject({
    status: 422,
    extra: { errors: [{ field: 'bpmn' }] },
  })
})

it.each([
  ['small', 6],
  ['large', 140],
])('the A3 page holds a %s redesign on one page', async (_, count) => {
  const { after } = redesigned('1.013225', ({ definition, eform }) => {
    definition.allotments.house.Appraise.value = 20
    for (let n = 0; n < count; n++)
      eform.schema.properties[`more${n}`] = {
        type: 'string',
        title: `Một câu hỏi thêm vào biểu mẫu, số ${n}`,
      }
  })
  const from = redesigned('1.013225', () => undefined).before
  const given = {
    code: '1.013225',
    before: { ...(await readCounted(from)), label: 'Phiên bản 1' },
    after: { ...(await readCounted(after)), label: 'Bản thảo' },
    changes: await judgedChanges(from, after),
    savings: await savingsOf(from, after, nobody, sample),
    printedOn: '2026-11-22',
    demo: true,
  }
  const bytes = await beforeAfterPdf(given)
  expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1)
})

it('what is proposed alone is the version in force with that and nothing else', async () => {
  const { before: from, after } = redesigned('1.001612', ({ definition }) => {
    definition.fees[0].amount = 100_000
    definition.fees.splice(1, 1)
    definition.allotments.individual.Check.value = 4
  })
  const proposed = withProposals(
    from,
    after,
    (await judgedChanges(from, after)).filter(({ power }) => power === 'proposal'),
  )
  expect(proposed.definition.fees).toEqual(after.definition.fees)
  expect(proposed.definition.allotments).toEqual(from.definition.allotments)
})
