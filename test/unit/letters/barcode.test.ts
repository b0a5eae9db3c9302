import { code128 } from '../../../src/letters/barcode.ts'

const modules = (payload: string) => code128(payload).reduce((sum, width) => sum + width, 0)
/** Start code B, then the value of "T": the first letter of every code of the sample province. */
const START_B = [2, 1, 1, 2, 1, 4]
const STOP = [2, 3, 3, 1, 1, 1, 2]

describe('the barcode of a cover', () => {
  test('is a Code 128: whole symbols of eleven modules between start and stop', () => {
    const bars = code128('T00.X01-261102-0001')
    expect(bars.slice(0, 6)).toEqual(START_B)
    expect(bars.slice(-7)).toEqual(STOP)
    expect((modules('T00.X01-261102-0001') - 13) % 11).toBe(0)
    expect(bars.every((width) => width >= 1 && width <= 4)).toBe(true)
  })

  test('has its own bars for every code', () => {
    expect(code128('T00.X01-261102-0001')).not.toEqual(code128('T00.X01-261102-0002'))
  })

  test('of a dossier code is read from A4: a module of a quarter of a millimetre', () => {
    // Points; the cover leaves this beside the QR code.
    const width = 455 - 68 - 40
    expect(((width / modules('T00.X01-261102-0001')) * 25.4) / 72).toBeGreaterThan(0.25)
  })
})
