import type { Envelope } from '../wire/envelope.ts'
import type { InputOf, MethodName, OutputOf } from './index.ts'

/** Asks the wallet, as its window does. */
export type Ask = <N extends MethodName>(method: N, input: InputOf<N>) => Promise<Envelope<OutputOf<N>>>

export type FirstScreen = {
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  readonly theme: string
  /** Empty where the wallet locked meanwhile. Rejects where it cannot be drawn. */
  readonly html: Promise<string>
}

/**
 * Draws the first screen of an open wallet as HTML, so that its numbers are on the glass before the window's script runs. Nothing of it can be
 * pressed; the script puts the living screen in its place. Undefined where the wallet is not open: then there is nothing to show beforehand.
 */
export type DrawFirstScreen = (ask: Ask) => Promise<FirstScreen | undefined>
