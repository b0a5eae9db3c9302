import { validateForm } from '../../../src/procedures/form.ts'

it('an answer that is longer than any pattern is tried on is told so', () => {
  const schema = {
    type: 'object',
    properties: { remark: { type: 'string', title: 'Ý kiến', pattern: '\\S' } },
  }
  const eform = { schema, ui: {}, groups: [] } as unknown as Parameters<typeof validateForm>[0]['eform']
  expect(validateForm({ eform }, { remark: 'a'.repeat(1_000) })).toEqual([])
  expect(validateForm({ eform }, { remark: 'a'.repeat(1_001) })).toMatchObject([
    { field: 'remark', message: { vi: 'Không được quá 1000 ký tự.' } },
  ])
})
