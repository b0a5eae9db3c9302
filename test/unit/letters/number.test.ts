import { formatNumber, isSampleNumber } from '../../../src/letters/number.ts'
import { civilDayOf, dayInWords, dayShort, momentInWords, momentShort } from '../../../src/letters/wording.ts'

describe('numbers of letters', () => {
  test('a number below ten is written with two digits, then the abbreviation and the unit', () => {
    expect(formatNumber('supplement', 5, 'TTPVHCC')).toBe('05/PBS-TTPVHCC')
    expect(formatNumber('receipt', 12, 'TTPVHCC')).toBe('12/GTN-TTPVHCC')
    expect(formatNumber('refusal', 3, 'TTPVHCC')).toBe('03/PTC-TTPVHCC')
    expect(formatNumber('apology', 1204, 'UBND')).toBe('1204/PXL-UBND')
    expect(formatNumber('control', 7, 'UBND')).toBe('07/PKS-UBND')
  })

  test('a unit is taken as written, whatever it contains, and composed', () => {
    expect(formatNumber('apology', 1, '$&{n}')).toBe('01/PXL-$&{n}')
    expect(formatNumber('apology', 1, 'VPĐK'.normalize('NFD'))).toBe('01/PXL-VPĐK')
  })

  test('abbreviations of our own are marked as samples, those of the forms are not', () => {
    expect(isSampleNumber('permit')).toBe(true)
    expect(isSampleNumber('apology')).toBe(false)
  })

  test('a sequence that was not drawn from a book is refused', () => {
    for (const wrong of [0, -1, 1.5, Number.NaN])
      expect(() => formatNumber('receipt', wrong, 'A')).toThrow(RangeError)
    expect(() => formatNumber('receipt', 1, ' ')).toThrow(RangeError)
  })
})

describe('dates in words', () => {
  test('a zero stands before days below ten and before the months 1 and 2 only', () => {
    expect(dayInWords('2026-03-05')).toBe('ngày 05 tháng 3 năm 2026')
    expect(dayInWords('2026-02-28')).toBe('ngày 28 tháng 02 năm 2026')
    expect(dayShort('2026-11-09')).toBe('09/11/2026')
  })

  test('a date not yet drawn leaves its gaps', () => {
    expect(dayInWords(null)).toMatch(/^ngày …+ tháng …+ năm …+$/)
  })

  test('an instant is written in Vietnamese time, also across midnight', () => {
    expect(momentInWords('2026-11-10T07:59:00Z')).toBe('14 giờ 59 phút, ngày 10 tháng 11 năm 2026')
    expect(momentShort('2026-11-10T17:30:00.000Z')).toBe('00:30 11/11/2026')
    expect(civilDayOf('2026-12-31T17:00:00Z')).toBe('2027-01-01')
  })
})
