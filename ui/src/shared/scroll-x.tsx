import type { ReactNode } from 'react'

type Props = { label: string; className?: string; children: ReactNode }

/** A wide table on a narrow screen: scrolled sideways by finger, or by arrow keys once it has the focus. */
export const ScrollX = ({ label, className = 'scroll-x', children }: Props) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll (WCAG 2.1.1)
  <section className={className} aria-label={label} tabIndex={0}>
    {children}
  </section>
)
