/**
 * Runs at once when it has been quiet for `pause` ms, and otherwise as soon as the pause is over: however often it is called,
 * there is one run per pause, and none of what was called for is lost.
 */
export const calm = (run: () => void, pause: number) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let waits = false
  const go = () => {
    waits = false
    timer = setTimeout(() => {
      timer = undefined
      if (waits) go()
    }, pause)
    run()
  }
  return {
    call: () => {
      if (timer === undefined) go()
      else waits = true
    },
    stop: () => {
      clearTimeout(timer)
      timer = undefined
      waits = false
    },
  }
}
