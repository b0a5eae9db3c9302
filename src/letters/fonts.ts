import { createRequire } from 'node:module'
import pdfmake from 'pdfmake'

const require = createRequire(import.meta.url)
const face = (name: string) => require.resolve(`@expo-google-fonts/tinos/${name}.ttf`)

/** Tinos has the metrics of Times New Roman, which NĐ 30/2020 asks for, and every Vietnamese letter. */
export const letterFont = 'Tinos'
const files = {
  normal: face('400Regular/Tinos_400Regular'),
  bold: face('700Bold/Tinos_700Bold'),
  italics: face('400Regular_Italic/Tinos_400Regular_Italic'),
  bolditalics: face('700Bold_Italic/Tinos_700Bold_Italic'),
}

pdfmake.setFonts({ [letterFont]: files })
// A letter holds text of applicants: whatever it says, rendering reads no other file and no address.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => Object.values(files).includes(path))

export { pdfmake }
