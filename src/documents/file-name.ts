const longest = 200

/**
 * A file name fit to be shown: NFC, no folders, no control or invisible characters (which include the overrides that
 * make "gpj.exe" read as "exe.jpg"), at most 200 characters with the ending kept. It is only ever shown: files are
 * stored by their hash.
 */
export const cleanFileName = (raw: string): string => {
  const name = raw
    .toWellFormed()
    .normalize('NFC')
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^\.+/, '')
    .trim()
  return shorten(name) || 'khong-ten'
}

const shorten = (name: string): string => {
  const letters = [...name]
  if (letters.length <= longest) return name
  const ending = [...(/\.[^.\s]{1,10}$/.exec(name)?.[0] ?? '')]
  return (
    letters
      .slice(0, longest - ending.length)
      .join('')
      .trimEnd() + ending.join('')
  )
}

/** A Content-Disposition header whose file name every browser reads (RFC 6266 and RFC 8187). */
export const contentDisposition = (mode: 'inline' | 'attachment', fileName: string): string => {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const full = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${mode}; filename="${plain}"; filename*=UTF-8''${full}`
}
