import {
  addDays,
  formatDay,
  formatInstant,
  formatSize,
  legalDay,
  readDay,
  weekday,
  withoutMarks,
  workingTime,
} from '../../../ui/src/shared/format.ts'

test('an instant is written with its weekday in Asia/Ho_Chi_Minh, wherever the reader sits', () => {
  expect(formatInstant('2026-11-24T10:00:00Z', 'vi')).toBe('T3 24/11/2026 17:00')
  expect(formatInstant('2026-11-24T10:00:00Z', 'en')).toBe('Tue 24/11/2026 17:00')
})

test('an instant after 17:00 UTC belongs to the next legal day', () => {
  expect(legalDay('2026-11-24T16:59:59Z')).toBe('2026-11-24')
  expect(legalDay('2026-11-24T17:00:00Z')).toBe('2026-11-25')
})

test('midnight is 00:00, not 24:00', () => {
  expect(formatInstant('2026-12-31T17:00:00Z', 'vi')).toBe('T6 01/01/2027 00:00')
})

test('days are counted across the end of a year, and Sunday is CN', () => {
  expect(addDays('2026-12-31', 3)).toBe('2027-01-03')
  expect(formatDay('2027-01-03', 'vi')).toBe('CN 03/01/2027')
  expect(weekday('2027-01-03')).toBe(0)
})

test('working time is said in words, a working day being eight hours', () => {
  expect(workingTime(480 * 2 + 60, 'vi')).toBe('2 ngày 1 giờ LV')
  expect(workingTime(45, 'vi')).toBe('45 phút LV')
  expect(workingTime(0, 'vi')).toBe('0 phút LV')
  expect(workingTime(-180, 'en')).toBe('3 hours (working time)')
})

test('a limit of 26,214,400 bytes reads as 25 MB', () => {
  expect(formatSize(26_214_400, 'vi')).toBe('25 MB')
  expect(formatSize(1_500_000, 'vi')).toBe('1,4 MB')
  expect(formatSize(300, 'en')).toBe('1 kB')
})

test('a name is found without its marks, composed or not', () => {
  expect(withoutMarks('Cấp giấy phép Đất đai')).toBe('cap giay phep dat dai')
  expect(withoutMarks('Ánh Nguyệt'.normalize('NFD'))).toBe(withoutMarks('Ánh Nguyệt'.normalize('NFC')))
})

test('a day is read day first, as it is written: 05/02 is in February', () => {
  expect(['05/02/2027', '5/2/2027', '25.02.2027', ' 2027-02-25 '].map(readDay)).toEqual([
    '2027-02-05',
    '2027-02-05',
    '2027-02-25',
    '2027-02-25',
  ])
})

test('what is no day is not made into one', () => {
  expect(['31/02/2027', '2027', '02/2027', 'mai', ''].map(readDay)).toEqual([null, null, null, null, null])
})
