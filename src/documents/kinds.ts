/**
 * The kinds of file the product stores, each with its words for people, the endings its names may have and the
 * other media types that browsers and phones claim for it. Which of them a paper may be is the procedure's matter.
 */
export const kinds = [
  { mediaType: 'application/pdf', label: 'PDF', endings: ['pdf'], claims: ['application/x-pdf'] },
  {
    mediaType: 'image/jpeg',
    label: { vi: 'ảnh JPEG', en: 'JPEG image' },
    endings: ['jpg', 'jpeg', 'jpe', 'jfif'],
    claims: ['image/jpg', 'image/pjpeg'],
  },
  {
    mediaType: 'image/png',
    label: { vi: 'ảnh PNG', en: 'PNG image' },
    endings: ['png'],
    claims: ['image/x-png'],
  },
  {
    mediaType: 'image/tiff',
    label: { vi: 'ảnh TIFF', en: 'TIFF image' },
    endings: ['tif', 'tiff'],
    claims: [],
  },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    label: { vi: 'văn bản Word (DOCX)', en: 'Word document (DOCX)' },
    endings: ['docx'],
    claims: ['application/zip'],
  },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    label: { vi: 'bảng tính Excel (XLSX)', en: 'Excel workbook (XLSX)' },
    endings: ['xlsx'],
    claims: ['application/zip'],
  },
  {
    mediaType: 'image/vnd.dwg',
    label: { vi: 'bản vẽ DWG', en: 'DWG drawing' },
    endings: ['dwg'],
    claims: ['application/acad', 'image/x-dwg', 'application/x-dwg'],
  },
  {
    mediaType: 'application/zip',
    label: { vi: 'tệp nén ZIP', en: 'ZIP archive' },
    endings: ['zip'],
    claims: ['application/x-zip-compressed', 'application/x-zip'],
  },
] as const

/** Kinds that are never stored, named so that a refusal can say what the file is. */
const otherNames: Record<string, { vi: string; en: string }> = {
  'text/html': { vi: 'trang web (HTML)', en: 'a web page (HTML)' },
  'application/xml': { vi: 'tệp XML hoặc SVG', en: 'an XML or SVG file' },
  'text/plain': { vi: 'tệp văn bản thuần', en: 'a plain text file' },
  'application/x-msdownload': { vi: 'chương trình Windows (EXE)', en: 'a Windows program (EXE)' },
  'application/gzip': { vi: 'tệp nén GZIP', en: 'a GZIP archive' },
  'application/x-elf': { vi: 'chương trình Linux', en: 'a Linux program' },
  'application/x-cfb': { vi: 'tệp Office đời cũ (DOC, XLS)', en: 'an old Office file (DOC, XLS)' },
  'application/octet-stream': { vi: 'tệp không rõ loại', en: 'a file of unknown type' },
}

export const storable: readonly string[] = kinds.map((kind) => kind.mediaType)

export const kindOf = (mediaType: string) => kinds.find((kind) => kind.mediaType === mediaType)

/** What a file is, in words: "ảnh PNG", "a web page (HTML)"; the bare media type when we have no words. */
export const nameOfKind = (mediaType: string, locale: 'vi' | 'en'): string => {
  const label = kindOf(mediaType)?.label ?? otherNames[mediaType]
  if (label === undefined) return mediaType
  return typeof label === 'string' ? label : label[locale]
}
