import { Stack } from '@mantine/core'
import type { DossierPage } from '../../app/api-types.ts'
import { LetterCard, Letters } from '../../shared/letters.tsx'

/** The letters of a dossier; the one that the task is about is open. */
export const DeskLetters = ({ about, open }: { about: DossierPage; open: string | undefined }) => {
  const first = about.letters.find(({ id }) => id === open)
  const rest = about.letters.filter(({ id }) => id !== open)
  const readable = about.personal.mayRead
  if (!first) return <Letters letters={about.letters} readable={readable} />
  return (
    <Stack gap="sm">
      <LetterCard letter={first} open readable={readable} />
      {rest.length > 0 && <Letters letters={rest} readable={readable} />}
    </Stack>
  )
}
