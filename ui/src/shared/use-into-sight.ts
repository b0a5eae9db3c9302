import { useEffect, useRef } from 'react'

/** In a row of tabs that scrolls sideways (on a phone) the open one comes into sight; the page itself stays where it is. */
export const useIntoSight = <Row extends HTMLElement>(open: string) => {
  const row = useRef<Row>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the open tab is known by its mark, which follows `open`
  useEffect(() => {
    const tab = row.current?.querySelector('[aria-current="page"], [aria-selected="true"]')
    for (let box = tab?.parentElement; tab && box; box = box === row.current ? null : box.parentElement)
      if (box.scrollWidth > box.clientWidth) {
        const [inner, outer] = [tab.getBoundingClientRect(), box.getBoundingClientRect()]
        box.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2
      }
  }, [open])
  return row
}
