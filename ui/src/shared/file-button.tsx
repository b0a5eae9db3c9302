import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** Opens a paper of ours beside the page, from where it is printed. */
export const FileButton = ({
  href,
  icon = <IconPrinter size={16} />,
  size,
  children,
}: {
  href: string
  icon?: ReactNode
  size?: 'compact-sm'
  children: ReactNode
}) => (
  <Button
    component="a"
    href={href}
    target="_blank"
    rel="noopener"
    variant="default"
    size={size}
    leftSection={icon}
  >
    {children}
  </Button>
)
