import { createHash } from 'node:crypto'
import { letterFont, pdfmake } from '../../letters/fonts.ts'
import type { Paper } from '../../procedures/definition.ts'

const pages = new Map<string, Promise<Buffer>>()

/** A page that stands for a paper and says on itself that it is none. One per kind and variant, made once. */
export function samplePaper({ name }: Pick<Paper, 'name'>, variant: number): Promise<Buffer> {
  const key = `${name.vi}/${variant}`
  const known = pages.get(key)
  if (known) return known
  const number = createHash('sha256').update(key).digest('hex').slice(0, 8).toUpperCase()
  const line = (label: string, value: string) => [{ text: label, color: '#555555' }, { text: value }]
  const made = pdfmake
    .createPdf({
      pageSize: 'A4',
      pageMargins: [70, 80, 60, 70],
      defaultStyle: { font: letterFont, fontSize: 13, lineHeight: 1.3 },
      info: { title: name.vi, creationDate: new Date(0), modDate: new Date(0) },
      watermark: { text: 'GIẤY TỜ MINH HỌA', font: letterFont, fontSize: 58, bold: true, opacity: 0.12 },
      footer: { text: 'Dữ liệu minh họa: không phải giấy tờ thật', alignment: 'center', fontSize: 10 },
      content: [
        { text: name.vi.toLocaleUpperCase('vi'), bold: true, fontSize: 16, alignment: 'center' },
        { text: `Số minh họa ${number}`, alignment: 'center', italics: true, margin: [0, 4, 0, 24] },
        {
          table: {
            widths: [150, '*'],
            body: [
              line('Nơi lập', 'Tỉnh mẫu (minh họa)'),
              line('Bản', variant === 0 ? 'Bản quét từ bản chính' : `Bản quét lần ${variant + 1}`),
              line('Nội dung', 'Các mục, con dấu, chữ ký của giấy tờ này được đặt ra để trình diễn.'),
            ],
          },
          layout: 'lightHorizontalLines',
        },
      ],
    })
    .getBuffer()
  pages.set(key, made)
  return made
}
