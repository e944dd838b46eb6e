import type { BenchBook } from './book.ts'
import type { BenchWallet } from './wallet.ts'

/** One line of `npm run bench`: a figure beside its reference, measured in the same run. */
export type Figure = {
  readonly value: number
  readonly unit: string
  /** The same work done by a peer or by the bare parts; null where this machine cannot measure it, and then `note` says why. */
  readonly reference: number | null
  readonly ratio: number | null
  readonly goal: string
  /** Null where there is no reference to judge by. */
  readonly ok: boolean | null
  readonly note?: string
}

export type BenchTools = {
  /** A folder of this run, on the disk that is measured. */
  readonly folder: string
  /** How many movements the large wallet has, and the large book. */
  readonly movements: number
  /** Measures peers at full size, which takes long. */
  readonly full: boolean
  /** The large wallet, made once a run. */
  wallet(): Promise<BenchWallet>
  /** The large book of a service, made once a run: for reading. Who writes copies it. */
  book(): Promise<BenchBook>
}

/** A file of `rows/` exports `rows`. To add one: one file there. */
export type BenchRow = {
  readonly name: string
  /** What it takes about, so that the run can say so at its start. */
  readonly seconds: number
  readonly needsWallet: boolean
  readonly needsBook?: true
  measure(tools: BenchTools): Promise<Figure>
}
