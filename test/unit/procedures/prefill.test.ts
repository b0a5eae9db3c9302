import { assertSchema } from '../../../src/procedures/form.ts'
import { filledIn } from '../../../src/procedures/prefill.ts'

const form = {
  schema: {
    $schema: 'http://json-schema.org/draft-07/schema#' as const,
    type: 'object' as const,
    properties: {
      ownerName: { type: 'string', title: 'Họ tên', 'x-prefill': 'fullName' },
      phone: { type: 'string', title: 'Điện thoại', 'x-prefill': 'phone' },
      note: { type: 'string', title: 'Ghi chú' },
    },
    required: ['ownerName'],
  },
}

it('online the record answers, whatever was sent in its place', () => {
  const typed = { ownerName: 'Người khác', phone: '0900000000', note: 'n' }
  expect(filledIn(form, typed, { fullName: 'Nguyễn Văn A', phone: '' }, false)).toEqual({
    ownerName: 'Nguyễn Văn A',
    phone: '0900000000',
    note: 'n',
  })
})

it('on paper what the clerk has read stands, and the record fills what is empty', () => {
  const details = { fullName: 'Nguyễn Văn A', phone: '0911111111' }
  expect(filledIn(form, { ownerName: 'Nguyễn Thị B', phone: '' }, details, true)).toEqual({
    ownerName: 'Nguyễn Thị B',
    phone: '0911111111',
  })
})

it('a form names only sources that there are', () => {
  expect(() => assertSchema(form.schema)).not.toThrow()
  const wrong = structuredClone(form.schema)
  wrong.properties.note = { type: 'string', title: 'Ghi chú', 'x-prefill': 'income' } as never
  expect(() => assertSchema(wrong)).toThrow(/x-prefill/)
})
