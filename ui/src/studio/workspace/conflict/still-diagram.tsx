import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import '../../../shared/diagram/diagram.css'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import { useEffect, useRef, useState } from 'react'
import { Failed } from '../../../app/states.tsx'
import { fitWidth } from '../../../shared/diagram/fit.ts'

/** A diagram to look at, moved and enlarged by hand. The bpmn.io mark stays in sight. */
export default function StillDiagram({ bpmn, label }: { bpmn: string; label: string }) {
  const holder = useRef<HTMLElement>(null)
  const [problem, setProblem] = useState<unknown>(null)
  useEffect(() => {
    const viewer = new NavigatedViewer({ container: holder.current! })
    let left = false
    viewer
      .importXML(bpmn)
      .then(() => left || fitWidth(viewer.get<Parameters<typeof fitWidth>[0]>('canvas')))
      .catch((caught: unknown) => left || setProblem(caught))
    return () => {
      left = true
      viewer.destroy()
    }
  }, [bpmn])
  if (problem) return <Failed problem={problem} />
  return <section ref={holder} className="studio-still" aria-label={label} />
}
