import { formFamily, formFor, formKinds } from '../../../src/letters/form-rules.ts'

const on = (day: string) => ({ receivedOn: day, issuedOn: day })

describe('which form applies', () => {
  test('until 30 June 2025 the six forms of TT 01/2018 apply, A5 but for the register', () => {
    const forms = (['receipt', 'supplement', 'refusal', 'apology', 'control', 'register'] as const).map(
      (kind) => {
        const { number, paper, circular, verified } = formFor(kind, on('2025-06-30'))
        return [number, paper, circular, verified]
      },
    )
    const circular = 'Thông tư số 01/2018/TT-VPCP'
    expect(forms).toEqual([
      ['01', 'A5', circular, true],
      ['02', 'A5', circular, true],
      ['03', 'A5', circular, true],
      ['04', 'A5', circular, true],
      ['05', 'A5', circular, true],
      ['06', 'A4', circular, true],
    ])
  })

  test('from 15 September 2025 TT 03/2025 renumbers control sheet and register, and 05 is the stop notice', () => {
    const numbers = (['apology', 'stop', 'control', 'register'] as const).map(
      (kind) => formFor(kind, on('2025-09-15')).number,
    )
    expect(numbers).toEqual(['04', '05', '06', '07'])
  })

  test('the apology changes its name with TT 03/2025', () => {
    expect(formFor('apology', on('2025-06-30')).title).toBe('Phiếu xin lỗi và hẹn lại ngày trả kết quả')
    expect(formFor('apology', on('2025-09-15')).title).toBe(
      'Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết',
    )
  })

  test('in the gap from 1 July to 14 September 2025 the old forms stand in, unverified, and say why', () => {
    for (const day of ['2025-07-01', '2025-09-14']) {
      const rule = formFor('receipt', on(day))
      expect(rule).toMatchObject({ number: '01', circular: 'Thông tư số 01/2018/TT-VPCP', verified: false })
      expect(rule.transitional).toContain('14/9/2025')
      expect(rule.footnote).toContain('chưa đối chiếu')
    }
  })

  test('a dossier received before July 2025 keeps its form set; one received in the gap takes the new set', () => {
    const carried = formFor('control', { receivedOn: '2025-06-30', issuedOn: '2025-10-01' })
    expect(carried).toMatchObject({ number: '05', verified: false })
    const fromGap = formFor('control', { receivedOn: '2025-08-01', issuedOn: '2025-10-01' })
    expect(fromGap).toMatchObject({ number: '06', verified: false })
  })

  test('a dossier never received takes the form of the day the letter is issued', () => {
    expect(formFor('refusal', { receivedOn: null, issuedOn: '2026-11-02' }).circular).toBe(
      'Thông tư số 03/2025/TT-VPCP',
    )
  })

  test('nothing that rests on NĐ 118/2025 or TT 03/2025 is called verified', () => {
    expect(formKinds.filter((kind) => formFor(kind, on('2026-11-02')).verified)).toEqual([])
  })

  test('before TT 03/2025 the stop notice is a plain notice without a number of form', () => {
    expect(formFor('stop', on('2024-05-02'))).toMatchObject({ number: null, circular: null, verified: false })
  })

  test('residence registration uses the forms of the police', () => {
    expect(formFor('receipt', on('2026-11-02'), 'residence').number).toBe('CT04')
    expect([formFamily('1.004222'), formFamily('1.001193')]).toEqual(['residence', 'one-stop'])
    expect(formFor('refusal', on('2026-11-02'), 'residence').number).toBe('CT06')
    expect(formFor('apology', on('2026-11-02'), 'residence').number).toBe('04')
  })

  test('every kind has a rule in every week since 6 January 2019', () => {
    const day = 24 * 3600 * 1000
    for (let at = Date.parse('2019-01-06'); at < Date.parse('2027-01-01'); at += 7 * day)
      for (const kind of formKinds) formFor(kind, on(new Date(at).toISOString().slice(0, 10)))
  })

  test('a letter before the first circular, or before its dossier was received, has no form', () => {
    expect(() => formFor('receipt', on('2019-01-05'))).toThrow(RangeError)
    expect(() => formFor('apology', { receivedOn: '2026-11-03', issuedOn: '2026-11-02' })).toThrow(RangeError)
  })
})
