import { formFor } from '../../../src/letters/form-rules.ts'
import { renderCollection } from '../../../src/letters/forms/collection.ts'
import { renderHandover } from '../../../src/letters/forms/handover.ts'
import { drawLetter } from '../../../src/letters/forms/index.ts'
import { squeeze, textOf } from './read-pdf.ts'
import { apology, lookupUrl, options, receipt } from './samples.ts'

const { head, dossier, applicant } = receipt
const sheet = { head: { ...head, number: null, unnumbered: true }, dossier, applicant }
const at = '2026-11-24T09:00:00+07:00'
const rendering = (kind: 'collection' | 'handover') => ({
  rule: formFor(kind, { receivedOn: null, issuedOn: '2026-11-24' }),
  status: 'unsigned-electronic' as const,
  lookupUrl,
})
const collection = (substituteFor?: string) =>
  renderCollection(
    {
      ...sheet,
      office: 'Bộ phận Một cửa',
      collector: { name: 'Phạm Thị Nhận', identity: 'Căn cước' },
      items: [{ name: 'Giấy phép' }],
      collectedAt: at,
      officer: { name: 'Lê Văn Trả', ...(substituteFor && { substituteFor }) },
    },
    rendering('collection'),
  )

describe('“X thay Y”', () => {
  it('stands under the hand of whoever returns a result in the place of another', async () => {
    expect(await textOf(await collection('Đỗ Thị Vắng'))).toContain(squeeze('Lê Văn Trả (thay Đỗ Thị Vắng)'))
    expect(await textOf(await collection())).not.toContain('(thay')
  })

  it('stands beside initials given in the place of another', async () => {
    const signed = { ...apology.signer, signature: { signedAt: at, initialledBy: 'Lê Hoàng Ẩn' } }
    const drawn = (initialledFor?: string) =>
      drawLetter(
        'apology',
        {
          ...apology,
          signer: { ...signed, signature: { ...signed.signature, ...(initialledFor && { initialledFor }) } },
        },
        options('apology'),
      )
    expect(await textOf(await drawn('Đỗ Thị Vắng'))).toContain(
      squeeze('Ký nháy: Lê Hoàng Ẩn (thay Đỗ Thị Vắng)'),
    )
    expect(await textOf(await drawn())).not.toContain('(thay')
  })
})

it('minutes of a hand-over keep room for a pen, and say when who signed on the system', async () => {
  const drawn = (signedAt: string | null) =>
    renderHandover(
      {
        head: sheet.head,
        giver: { unit: 'Một cửa', person: 'Lê Văn Trao', signedAt: at },
        receiver: { unit: 'Phòng', person: signedAt && 'Phạm Thị Nhận', signedAt },
        givenAt: at,
        items: [
          {
            code: dossier.code,
            applicant: applicant.name,
            procedure: dossier.procedureName,
            medium: 'paper',
            pages: 3,
            dueAt: null,
            state: 'given',
            answeredAt: null,
          },
        ],
        rule: 'Thời hạn bàn giao',
      },
      rendering('handover'),
    )
  const signatures = (text: string) => text.split(squeeze('Đã ký trên hệ thống')).length - 1
  expect(signatures(await textOf(await drawn(null)))).toBe(1)
  const both = await textOf(await drawn(at))
  expect(signatures(both)).toBe(2)
  expect(both).toContain(squeeze('Phạm Thị Nhận'))
})
