import type { Content } from 'pdfmake'
import { officerName } from './blocks.ts'
import type { Sheet } from './layout.ts'
import type { Officer, Signer } from './shapes.ts'
import { dayShort, momentInWords } from './wording.ts'

/** Title block above the name, line by line: "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH" and the decision it rests on. */
export function capacityLines(signer: Signer): { titles: string[]; decision: string | null } {
  const title = signer.title.toLocaleUpperCase('vi')
  if (signer.capacity === 'head') return { titles: [title], decision: null }
  const titles = [`${signer.capacity}. ${signer.onBehalfOf.toLocaleUpperCase('vi')}`, title]
  if (signer.capacity === 'TM') return { titles, decision: null }
  const { number, issuedOn, validFrom, validTo } = signer.decision
  const until = validTo ? ` đến ngày ${dayShort(validTo)}` : ''
  return {
    titles,
    decision: `(Quyết định số ${number} ngày ${dayShort(issuedOn)}, hiệu lực từ ngày ${dayShort(validFrom)}${until})`,
  }
}

/** What stands where the signature and the seal will be: empty, or the recorded acts. */
function signatureField(sheet: Sheet, signer: Signer): Content {
  const record = signer.signature
  const lines = record
    ? [
        `Đã ký duyệt trên hệ thống lúc ${momentInWords(record.signedAt)}`,
        ...(record.initialledBy
          ? [
              `Ký nháy: ${record.initialledBy}${record.initialledAt ? `, ${momentInWords(record.initialledAt)}` : ''}`,
            ]
          : []),
        ...(record.textSha256 ? [`Mã nội dung: ${record.textSha256.slice(0, 16)}`] : []),
      ]
    : []
  return {
    table: { widths: ['*'], heights: [sheet.signature], body: [[{ text: lines.join('\n'), italics: true }]] },
    layout: 'noBorders',
    fontSize: sheet.small - 1,
    color: '#444444',
  }
}

/** "Nơi nhận" on the left, the signer on the right; never split over two pages. */
export function closingBlock(sheet: Sheet, recipients: string[], signer: Signer): Content {
  const { titles, decision } = capacityLines(signer)
  return {
    unbreakable: true,
    margin: [0, sheet.body, 0, 0],
    columnGap: 8,
    columns: [
      {
        width: '*',
        stack: [
          { text: 'Nơi nhận:', bold: true, italics: true, fontSize: sheet.body - 1 },
          ...recipients.map((line, i) => ({
            text: `- ${line}${i === recipients.length - 1 ? '.' : ';'}`,
            fontSize: sheet.body - 2,
          })),
        ],
      },
      {
        width: sheet.width * 0.55,
        alignment: 'center',
        stack: [
          ...titles.map((line) => ({ text: line, bold: true })),
          ...(decision ? [{ text: decision, italics: true, fontSize: sheet.small }] : []),
          signatureField(sheet, signer),
          { text: signer.name, bold: true },
        ],
      },
    ],
  }
}

/** Two hands under a form of the counter: who files on the left, the officer on the right. */
export function twoHands(
  sheet: Sheet,
  left: { role: string; name?: string },
  right: { role: string; officer: Officer },
): Content {
  const hand = (role: string, name?: string) => ({
    width: '*',
    alignment: 'center' as const,
    stack: [
      { text: role.toLocaleUpperCase('vi'), bold: true },
      {
        text: '(Ký, ghi rõ họ tên)',
        italics: true,
        fontSize: sheet.small,
        margin: [0, 0, 0, sheet.signature] as [number, number, number, number],
      },
      { text: name ?? ' ', bold: true },
    ],
  })
  return {
    unbreakable: true,
    margin: [0, sheet.body * 0.8, 0, 0],
    columnGap: 12,
    columns: [hand(left.role, left.name), hand(right.role, officerName(right.officer))],
  }
}
