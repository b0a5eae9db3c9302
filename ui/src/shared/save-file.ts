/** Gives the reader a text as a file of their own. */
export const saveFile = (name: string, text: string, type = 'text/csv;charset=utf-8'): void => {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has begun by then; a later release only holds the memory a little longer.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
