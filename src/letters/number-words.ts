const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']
const digit = (n: number): string => DIGITS[n] ?? ''

/** Tens and ones; `spoken` after hundreds: "lẻ năm" where there are no tens. */
function belowHundred(n: number, spoken: boolean): string {
  const [tens, ones] = [Math.floor(n / 10), n % 10]
  if (tens === 0) return spoken ? (ones ? `lẻ ${digit(ones)}` : '') : digit(ones)
  const ten = tens === 1 ? 'mười' : `${digit(tens)} mươi`
  if (ones === 0) return ten
  if (ones === 5) return `${ten} lăm`
  return `${ten} ${ones === 1 && tens > 1 ? 'mốt' : digit(ones)}`
}

function belowThousand(n: number, spoken: boolean): string {
  const [hundreds, rest] = [Math.floor(n / 100), n % 100]
  if (hundreds === 0 && !spoken) return belowHundred(rest, false)
  return [`${digit(hundreds)} trăm`, belowHundred(rest, true)].filter(Boolean).join(' ')
}

/** A whole number from 0 to 9999 as it is read: 2026 → "hai nghìn không trăm hai mươi sáu". */
export function numberInWords(n: number): string {
  if (!Number.isInteger(n) || n < 0 || n > 9999) throw new RangeError(`no words for ${n}`)
  const [thousands, rest] = [Math.floor(n / 1000), n % 1000]
  if (thousands === 0) return belowThousand(n, false)
  return [`${digit(thousands)} nghìn`, rest ? belowThousand(rest, true) : ''].filter(Boolean).join(' ')
}

const THOUSANDS = ['', 'nghìn', 'triệu', 'tỷ']

/** An amount of đồng below a thousand tỷ as it is written out on a receipt: "Một triệu không trăm lẻ năm nghìn đồng". */
export function moneyInWords(amount: number): string {
  if (!Number.isInteger(amount) || amount < 0 || amount >= 1e12)
    throw new RangeError(`no words for ${amount}`)
  const groups: string[] = []
  for (let rest = amount, n = 0; rest > 0; rest = Math.floor(rest / 1000), n++)
    if (rest % 1000 > 0) groups.unshift(`${belowThousand(rest % 1000, rest >= 1000)} ${THOUSANDS[n]}`.trim())
  const words = `${groups.join(' ') || digit(0)} đồng`
  return words.charAt(0).toLocaleUpperCase('vi') + words.slice(1)
}

/** A civil day in words, as civil-status papers write it: "ngày năm tháng mười năm hai nghìn không trăm hai mươi sáu". */
export function dayReadOut(civilDay: string): string {
  const [year, month, day] = civilDay.split('-').map(Number)
  if (!year || !month || !day) throw new RangeError(`not a civil day: ${civilDay}`)
  const monthWords = month === 4 ? 'tư' : numberInWords(month)
  return `ngày ${numberInWords(day)} tháng ${monthWords} năm ${numberInWords(year)}`
}
