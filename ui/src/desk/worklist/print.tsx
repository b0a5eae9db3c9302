import { type ReactNode, useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import './print.css'

/** Prints its children and nothing else of the page, then says that it has. */
export const Printed = ({ children, onDone }: { children: ReactNode; onDone: () => void }) => {
  const done = useRef(onDone)
  done.current = onDone
  useEffect(() => {
    const end = () => done.current()
    document.documentElement.classList.add('printing-sheet')
    window.addEventListener('afterprint', end)
    // After the portal's content is laid out.
    const timer = window.setTimeout(() => window.print(), 50)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('afterprint', end)
      document.documentElement.classList.remove('printing-sheet')
    }
  }, [])
  return createPortal(<div className="print-room">{children}</div>, document.body)
}
