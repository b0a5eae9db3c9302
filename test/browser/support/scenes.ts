import type { Stage } from './stage.ts'

/** Scenes of one story in their order. After a red one the others are not played: they would only fail for its sake. */
export function scenes(stage: () => Stage) {
  let red = ''
  return (name: string, play: (stage: Stage) => Promise<void>): void => {
    it(name, async () => {
      if (red) throw new Error(`Not played, for this scene before it is red: ${red}`)
      try {
        await play(stage())
      } catch (error) {
        red = name
        await stage().hall.photograph()
        throw error
      }
    })
  }
}
