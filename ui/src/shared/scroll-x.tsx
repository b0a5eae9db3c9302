import type { ReactNode } from 'react'

/** A wide table on a narrow screen: scrolled sideways by finger, or by arrow keys once it has the focus. */
export const ScrollX = ({ label, children }: { label: string; children: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll (WCAG 2.1.1)
  <section className="scroll-x" aria-label={label} tabIndex={0}>
    {children}
  </section>
)
