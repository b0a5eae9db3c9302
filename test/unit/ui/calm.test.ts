import { jest } from '@jest/globals'
import { calm } from '../../../ui/src/app/calm.ts'

describe('news that pour in', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  const counted = () => {
    const run = jest.fn<() => void>()
    return { run, ...calm(run, 3_000) }
  }

  it('the first is answered at once, the others together when the pause is over', () => {
    const { run, call } = counted()
    call()
    expect(run).toHaveBeenCalledTimes(1)
    for (let n = 0; n < 20; n++) {
      jest.advanceTimersByTime(100)
      call()
    }
    expect(run).toHaveBeenCalledTimes(1)
    jest.advanceTimersByTime(1_000)
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('a minute with one every tenth of a second costs twenty-one requests', () => {
    const { run, call } = counted()
    for (let n = 0; n <= 600; n++) {
      call()
      jest.advanceTimersByTime(100)
    }
    expect(run).toHaveBeenCalledTimes(21)
  })

  it('after a quiet pause the next one is answered at once again, and nothing runs unasked', () => {
    const { run, call } = counted()
    call()
    jest.advanceTimersByTime(60_000)
    expect(run).toHaveBeenCalledTimes(1)
    call()
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('what is left behind asks for nothing more', () => {
    const { run, call, stop } = counted()
    call()
    call()
    stop()
    jest.advanceTimersByTime(60_000)
    expect(run).toHaveBeenCalledTimes(1)
  })
})
