import { listAt } from '../../../ui/src/studio/panels/model/loose.ts'
import { answersOf, mergeTemplate } from '../../../ui/src/studio/panels/model/merge.ts'
import { sourceOf } from './sources.ts'

const { definition, eform, results, examples } = sourceOf('1.013225')
const permit = results.find(({ content }) => content.key === 'permit')!.content
const house = examples.find(({ content }) => content.case === 'house')!.content
const answers = answersOf({
  properties: (eform.schema as { properties: unknown }).properties,
  example: house,
  definition,
})

test('a template reads with an example’s answers, those chosen from a list by their words', () => {
  const { title, blocks } = mergeTemplate(permit, answers)
  expect(title).toBe('Giấy phép xây dựng (mẫu minh họa)')
  const lines = blocks.flatMap((block) => (block.kind === 'rows' ? block.rows : []))
  const { ownerName } = house.formData as { ownerName: string }
  expect(lines).toContainEqual({ label: 'Chủ đầu tư', value: ownerName })
  expect(lines.find(({ label }) => label === 'Loại công trình')?.value).toBe('Nhà ở riêng lẻ')
  expect(lines.find(({ label }) => label === 'Cấp công trình')?.value).toMatch(/^Cấp I/)
})

test('a line whose answer is empty is left out, and what nobody knows yet keeps its name', () => {
  const { blocks } = mergeTemplate(permit, { ...answers, 'form.representative': '' })
  const text = JSON.stringify(blocks)
  expect(text).not.toContain('Người đại diện')
  expect(text).toContain('[decision.number]')
})

test('half-made templates are shown as far as they are there', () => {
  expect(mergeTemplate({ blocks: [null, { type: 'rows' }, { type: 'free' }] }, {})).toEqual({
    title: '',
    blocks: [
      { kind: 'prose', text: '' },
      { kind: 'rows', rows: [] },
      { kind: 'free', label: '', text: '' },
    ],
  })
  expect(listAt(mergeTemplate(null, {}).blocks)).toEqual([])
})
