import { type RefObject, useEffect, useMemo, useState } from 'react'

/** Fewer rows than this are simply there, as a browser's own search and a printer like them. */
const FEW = 80
const MARGIN = 600

/**
 * Which items of a long list of known heights (px) stand near the window, and the room to leave before and after them.
 * `top` is the list's own element.
 */
export const useWindow = (heights: number[], top: RefObject<HTMLElement | null>) => {
  const [scroll, setScroll] = useState({ from: 0, to: 1200 })
  useEffect(() => {
    let asked = 0
    const measure = () => {
      asked = 0
      const begin = top.current ? -top.current.getBoundingClientRect().top : 0
      setScroll({ from: begin - MARGIN, to: begin + window.innerHeight + MARGIN })
    }
    const soon = () => {
      asked ||= requestAnimationFrame(measure)
    }
    measure()
    window.addEventListener('scroll', soon, { passive: true })
    window.addEventListener('resize', soon)
    return () => {
      cancelAnimationFrame(asked)
      window.removeEventListener('scroll', soon)
      window.removeEventListener('resize', soon)
    }
  }, [top])
  const starts = useMemo(() => {
    const all = [0]
    for (const height of heights) all.push(all.at(-1)! + height)
    return all
  }, [heights])
  if (heights.length <= FEW) return { first: 0, end: heights.length, before: 0, after: 0, starts }
  // The last item that begins above the edge, and the first that begins beneath the other.
  let first = starts.findIndex((start) => start > scroll.from) - 1
  if (first < 0) first = scroll.from > 0 ? heights.length - 1 : 0
  let end = first
  while (end < heights.length && starts[end]! < scroll.to) end++
  end = Math.max(end, Math.min(heights.length, first + 1))
  return { first, end, before: starts[first]!, after: starts[heights.length]! - starts[end]!, starts }
}
