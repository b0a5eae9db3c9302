import { stdout } from 'node:process'

const WIDTH = 30

/** A bar that says how much is done, where the month stands and how long it still takes; a line a day where no terminal looks on. */
export function progressBar(total: number) {
  const begin = performance.now()
  let said = ''
  const minutes = (ms: number) =>
    ms < 90_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`
  return {
    /** @param share 0 to 1 of the month that has been played in this run; `day` in words */
    show(filed: number, share: number, day: string): void {
      const left =
        share > 0.02 ? `, ${minutes(((performance.now() - begin) / share) * (1 - share))} left` : ''
      const done = Math.round(share * WIDTH)
      const text = `[${'█'.repeat(done)}${'·'.repeat(WIDTH - done)}] ${filed}/${total} dossiers, ${day}${left}`
      if (stdout.isTTY) stdout.write(`\r\x1b[2K${text}`)
      else if (said !== day) stdout.write(`${text}\n`)
      said = day
    },
    /** @param refused what the product did not let people do, which the month passed over */
    end(refused: readonly string[]): void {
      if (stdout.isTTY) stdout.write('\n')
      if (refused.length > 0) stdout.write(`Refused on the way: ${refused.length}, such as ${refused[0]}\n`)
    },
    elapsed: () => minutes(performance.now() - begin),
  }
}
export type Progress = ReturnType<typeof progressBar>
