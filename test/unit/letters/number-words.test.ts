import { dayReadOut, moneyInWords, numberInWords } from '../../../src/letters/number-words.ts'

it.each([
  [0, 'không'],
  [5, 'năm'],
  [10, 'mười'],
  [11, 'mười một'],
  [15, 'mười lăm'],
  [20, 'hai mươi'],
  [21, 'hai mươi mốt'],
  [25, 'hai mươi lăm'],
  [31, 'ba mươi mốt'],
  [100, 'một trăm'],
  [105, 'một trăm lẻ năm'],
  [999, 'chín trăm chín mươi chín'],
  [1996, 'một nghìn chín trăm chín mươi sáu'],
  [2000, 'hai nghìn'],
  [2005, 'hai nghìn không trăm lẻ năm'],
  [2010, 'hai nghìn không trăm mười'],
  [2026, 'hai nghìn không trăm hai mươi sáu'],
])('%d is read “%s”', (n, words) => {
  expect(numberInWords(n)).toBe(words)
})

it.each([
  ['2026-10-05', 'ngày năm tháng mười năm hai nghìn không trăm hai mươi sáu'],
  ['2025-04-21', 'ngày hai mươi mốt tháng tư năm hai nghìn không trăm hai mươi lăm'],
])('%s is written out as civil-status papers do', (day, words) => {
  expect(dayReadOut(day)).toBe(words)
})

it.each([-1, 10_000, 1.5])('%d has no words', (n) => {
  expect(() => numberInWords(n)).toThrow(RangeError)
})

it.each([
  [0, 'Không đồng'],
  [50_000, 'Năm mươi nghìn đồng'],
  [150_000, 'Một trăm năm mươi nghìn đồng'],
  [1_005_000, 'Một triệu không trăm lẻ năm nghìn đồng'],
  [20_000_021, 'Hai mươi triệu không trăm hai mươi mốt đồng'],
  [2_000_000_000, 'Hai tỷ đồng'],
])('%i đồng are written out as “%s”', (amount, words) => {
  expect(moneyInWords(amount)).toBe(words)
})
