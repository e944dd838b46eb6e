import { Component, type ReactNode } from 'react'
import { failureOf } from '../bridge/failure.ts'
import { FailurePanel } from '../components/FailurePanel.tsx'
import { GateFrame } from './GateFrame.tsx'

type BoundaryProps = { readonly children: ReactNode }

/** Around everything that the router does not hold: a door that breaks, or whose file is gone after an update, never leaves an empty window. */
export class Boundary extends Component<BoundaryProps, { readonly error: unknown }> {
  override state = { error: undefined }
  static getDerivedStateFromError(error: unknown) {
    return { error }
  }
  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <GateFrame>
        <FailurePanel failure={failureOf(error)} acts={{ retry: () => location.reload() }} />
      </GateFrame>
    )
  }
}
