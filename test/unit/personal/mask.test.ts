import { isMasked, mask, PERSONAL_KINDS } from '../../../src/personal/mask.ts'

test.each([
  ['number', '079123456123', '•••••••••123'],
  ['number', '0791.2345 6123', '•••••••••123'],
  ['number', '023456789', '••••••789'],
  ['number', '1234567', '•••••••'],
  ['phone', '0912345456', '09•••••456'],
  ['phone', '0274 000 123', '02•••••123'],
  ['phone', '113', '•••'],
  ['email', 'lan.nguyen@vidu.vn', 'l•••@vidu.vn'],
  ['email', 'lan', '•••'],
  ['address', 'Số 7 ngõ Hoa Lan, Phường Tân Mẫu, Tỉnh mẫu', '•••, Phường Tân Mẫu, Tỉnh mẫu'],
  ['address', 'Xã Bình Sơn Thượng', 'Xã Bình Sơn Thượng'],
  ['address', 'Số 7 ngõ Hoa Lan', '•••'],
  ['birth', '1991-03-07', '••/••/••••'],
  ['birth', '1991', '•••'],
  ['text', 'Nguyễn Văn A, 079123456123', '•••'],
] as const)('%s "%s" is shown as "%s"', (kind, written, shown) => {
  expect(mask(kind, written)).toBe(shown)
})

test.each(PERSONAL_KINDS)('what was not given stays empty: %s', (kind) => {
  expect(mask(kind, '  ')).toBe('')
})

test('a masked value is known as one, and nothing else is', () => {
  expect(isMasked(mask('phone', '0912345456'))).toBe(true)
  expect([isMasked('0912345456'), isMasked(7), isMasked(undefined)]).toEqual([false, false, false])
})

test('of a number and a birthday side by side too much is left out to work the number out', () => {
  const [number, born] = [mask('number', '079191123456'), mask('birth', '1991-03-07')]
  expect(number.replaceAll('•', '')).toBe('456')
  expect(born).not.toMatch(/\d/)
})
