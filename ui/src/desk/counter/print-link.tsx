import { Anchor } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'

/** A paper to print: opens beside the page. */
export const PrintLink = ({ href, label }: { href: string; label: string }) => (
  <Anchor href={href} target="_blank" rel="noopener" size="sm" className="with-icon">
    <IconPrinter size={16} aria-hidden="true" /> {label}
  </Anchor>
)
